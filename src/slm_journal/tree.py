"""The Merkle tree over a journal's leaves: RFC 9162, section 2.1, with SHA-256.

A root fixes the past: an **inclusion proof** shows that an entry is in the tree, a **consistency proof** that a later
tree has the earlier one as its beginning. Leaves are leaf hashes (`leaf.leaf_hash`), in the order of positions; that of
position p has index p - 1.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

NODE_PREFIX = b"\x01"
EMPTY_ROOT = sha256(b"").digest()


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """The root of the tree (RFC 9162, 2.1.1); of none, the hash of nothing."""
    frontier: list[tuple[int, bytes]] = []  # complete subtrees from left to right: (leaves in it, its root)
    for leaf in leaves:
        size, node = 1, leaf
        while frontier and frontier[-1][0] == size:
            size, node = 2 * size, _node(frontier.pop()[1], node)
        frontier.append((size, node))
    if not frontier:
        return EMPTY_ROOT
    root = frontier.pop()[1]
    while frontier:
        root = _node(frontier.pop()[1], root)
    return root


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that the leaf at `index` is in the tree (RFC 9162, 2.1.3.1).

    Raises:
        IndexError: There is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), tree_root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), tree_root(leaves[:split])]


def verify_inclusion(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that the leaf stands at `index` in the tree of `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here % 2 == 1 or here == last:
            computed = _node(sibling, computed)
            while here % 2 == 0 and here != 0:
                here, last = here // 2, last // 2
        else:
            computed = _node(computed, sibling)
        here, last = here // 2, last // 2
    return last == 0 and computed == root


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The proof that the tree of all leaves begins with the tree of the first `earlier` (RFC 9162, 2.1.4.1).

    Raises:
        IndexError: `earlier` is not between 1 and the number of leaves.
    """
    if not 0 < earlier <= len(leaves):
        raise IndexError(f"no tree of {earlier} in a tree of {len(leaves)}")
    return _subproof(leaves, earlier, whole=True)


def verify_consistency(
    *, earlier: int, earlier_root: bytes, later: int, later_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the later tree begins with the earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 < earlier <= later:
        return False
    if earlier == later:
        return not proof and earlier_root == later_root
    path = [earlier_root, *proof] if earlier & (earlier - 1) == 0 else list(proof)
    if not path:
        return False
    here, last = earlier - 1, later - 1
    while here % 2 == 1:
        here, last = here // 2, last // 2
    first = second = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if here % 2 == 1 or here == last:
            first, second = _node(node, first), _node(node, second)
            while here % 2 == 0 and here != 0:
                here, last = here // 2, last // 2
        else:
            second = _node(second, node)
        here, last = here // 2, last // 2
    return last == 0 and first == earlier_root and second == later_root


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [tree_root(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        return [*_subproof(leaves[:split], earlier, whole=whole), tree_root(leaves[split:])]
    return [*_subproof(leaves[split:], earlier - split, whole=False), tree_root(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE_PREFIX + left + right).digest()
