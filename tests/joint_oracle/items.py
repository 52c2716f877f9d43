"""What of a level is judged by itself: a notice, an arrival, a report, a measurement, with its time and its clock."""

from fractions import Fraction

from tests.joint_oracle.facts import MINUTES, Verdict, day_of, plus
from tests.joint_oracle.stops import Stops
from tests.oracle import DAY, Line, bounds, minute


class Items(Stops):
    """The stops, and the items of every level."""

    def version(self, key: str, at: int) -> Line:
        found: Line = next(level for level in self.sla["levels"] if level["key"] == key)
        proposed = {
            line["revision"]: line for line in self.lines if line["type"] == "ProposeRevision" and line["level"] == key
        }
        approved = [line for line in self.lines if line["type"] == "ApproveRevision" and line["level"] == key]
        for line in approved:
            if minute(proposed[line["revision"]]["effective_from"]) <= at:
                found = proposed[line["revision"]]["definition"]
        return found

    def items(self, level: Line, month: str) -> list[Line]:
        """What is judged by itself: what began in the month."""
        found = [line | {"end": line.get("end")} for (key, _), line in self.measured.items() if key == level["key"]]
        found += self.begun(level) if level["measure"]["source"] == "incidents" else []
        return [item for item in found if bounds(month)[0] <= item["start"] < min(bounds(month)[1], self.end)]

    def begun(self, level: Line) -> list[Line]:
        """What a level that is fed by incidents judges of each, with its start and, if done, its end."""
        measure, found = level["measure"], []
        for code, said in self.incidents.items():
            fault = said[0]["level"]
            delays = [line["start"] for line in said if line["type"] == "TellDelay"]
            outside = said[0].get("extraordinary") and not self.opening(
                "support", said[0]["start"], said[0]["start"] + 1
            )
            if outside and not measure["covers_extraordinary"]:
                continue

            def first(*names: str, of: list[Line] = said) -> int | None:
                return min((line["start"] for line in of if line["type"] in names), default=None)

            begins: list[tuple[str, int | None, int | None]] = []
            claims = self.claims(said, ())
            over = (
                max(((end or self.until) - start, end) for start, end, _ in claims)[1] if claims else first("Recover")
            )
            match measure["start"], measure["end"]:
                case "detected", "recovered" if fault in measure["fault_levels"]:
                    begins = [(code, said[0]["start"], over)]
                case "detected", "notified" if fault != "C":
                    begins = [(code, said[0]["start"], first("Notify"))]
                case "recovered", "report_handed_in":
                    begins = [(code, over, first("HandInIncidentReport"))]
                case "contacted", "arrived":
                    for call in [
                        line for line in said if line["type"] == "Contact" and line.get("site") == measure["site"]
                    ]:
                        same = [line for line in said if line.get("call") == call["call"]]
                        begins += [
                            (
                                f"{code}/{call['call']}",
                                first("Dispatch", of=same) or call["start"],
                                first("Arrive", of=same),
                            )
                        ]
                case "equipment_stop_told", "equipment_restored":
                    begins = [(code, first("TellEquipmentStop"), first("RestoreEquipment"))]
                case "parts_needed", _:
                    found += [
                        line | {"end": None, "met": line["ready"], "told": []}
                        for line in said
                        if line["type"] == "NeedPart"
                    ]
                case _:
                    pass
            pauses = [(line["start"], line["type"]) for line in said if line["type"] in {"PauseClock", "ResumeClock"}]
            for subject, start, end in begins:
                if start is not None:
                    done = end if end is not None and end <= self.until else None
                    found.append({"subject": subject, "start": start, "end": done, "told": delays, "pauses": pauses})
        return found

    def run(self, level: Line, item: Line) -> int:
        """How long the item's clock ran: elapsed, or in support hours, less its pauses (A9, C14, S28)."""
        end = item["end"] if item["end"] is not None else self.until
        terms = self.sla["terms"]
        support = level["measure"]["clock"] == "support_hours"
        support |= level["measure"]["end"] == "arrived" and terms["arrival_clock"] == "support_hours"
        ran = (
            {at for a, b in self.opening("support", item["start"], end) for at in range(a, b)}
            if support
            else set(range(item["start"], end))
        )
        if level["measure"]["pausable"]:
            stops = [at for at, name in item["pauses"] if name == "PauseClock"]
            for paused, resumed in zip(
                stops, [at for at, name in item["pauses"] if name == "ResumeClock"], strict=True
            ):
                ran -= set(range(paused, resumed))
        return len(ran)

    def late(self, level: Line, item: Line, of: str = "guaranteed") -> int:
        """By how many minutes the item missed a value; 0 and less is in time."""
        bound, measure = level[of], level["measure"]
        end = item["end"] if item["end"] is not None else self.until
        day = item["start"] // DAY * DAY
        if bound["unit"] == "months":
            first = bounds(plus(day_of(day)[:7], int(bound["amount"])))
            return int(end - (min(first[0] + (int(day_of(day)[8:]) - 1) * DAY, first[1] - DAY) + DAY))
        if bound["unit"] == "days" and measure["day_kind"] != "24h":
            return int(end - (day + (int(bound["amount"]) + (0 if measure["count_first_day"] else 1)) * DAY))
        return self.run(level, item) - int(Fraction(bound["amount"]) * MINUTES[bound["unit"]])

    def item_verdict(self, level: Line, item: Line) -> Verdict:
        if level["measure"]["kind"] == "obligation":
            return ("met" if item["met"] else "breach"), False
        if level["measure"]["kind"] == "lead_at_least":
            return self.cutoff(level, item)
        if self.late(level, item) > 0:
            told = [
                at
                for at in item.get("told", ())
                if self.run(level, item | {"end": at, "pauses": []}) <= self.run(level, item) - self.late(level, item)
            ]
            return ("excluded", False) if told else ("breach", level["target"] is not None)
        short = level["target"] is not None and self.late(level, item, "target") > 0
        return ("pending" if item["end"] is None else "met"), short

    def cutoff(self, level: Line, item: Line) -> Verdict:
        """What was asked for by the cut-off has to be accepted (A31)."""
        if item["met"]:
            return "met", False
        day = item["end"] // DAY * DAY
        if item["start"] <= day - (int(level["guaranteed"]["amount"]) - 1) * DAY:
            return "breach", True
        return ("met", True) if item["start"] <= item["end"] - int(level["target"]["amount"]) else ("nothing", False)
