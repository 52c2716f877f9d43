"""Answers: the current cut read from rows equals the past cut folded in memory; each names what it is a function of."""

import time

import pytest
from tests.projections.examples import recorded, shimanto_year
async def test_x(pool):
    t=time.time(); d=shimanto_year(); print(len(d), time.time()-t)
    t=time.time(); s=await recorded(pool); print(time.time()-t)
    from projections.answers.reports import year, monthly_report, verify_issued
    from projections.answers.replay import replay
    from projections.answers.history import history
    from projections.answers.ledger import ledger
    from projections.answers.availability import availability
    from projections.answers.standpoint import AsOf
    from slm_domain.figures.periods import Month
    C="shimanto-town-2025"
    for a in (AsOf(), AsOf(position=len(d)-1)):
        for n,f in dict(year=lambda: year(s,C,2025,a), rep=lambda: monthly_report(s,C,Month(2025,4),a), hist=lambda: history(s,C,a), ledger=lambda: ledger(s,C,Month(2025,4),a), av=lambda: availability(s,C,a), rp=lambda: replay(s,C,a)).items():
            t=time.time(); await f(); print(n, time.time()-t)
    t=time.time(); print([ (v.month,v.differences) for v in await verify_issued(s)]); print(time.time()-t)
    for i,x in enumerate(d,1):
        if x.name in("TimesCorrected.1","MonthlyReportHandedIn.1","InspectionPassed.1"): print(i,x.name,x.at)
