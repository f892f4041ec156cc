"""The tree is that of RFC 6962 and RFC 9162: by the known vectors, by the definition itself, and by another library.

The vectors are those of Certificate Transparency's reference implementations, which share them since 2013 (google's
`merkle_tree_test.cc`, today `transparency-dev/merkle`, `testonly/constants.go` and `testdata/`): eight leaves, the
roots over the first of them, and proofs. The definition below is written straight from the RFC's text.
"""

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.ledger.merkle import (
    EMPTY_ROOT,
    Tree,
    consistency_spans,
    inclusion_spans,
    is_consistent,
    leaf_hash,
    root_from_inclusion,
    root_of,
    span_hashes,
)

LEAVES = [
    bytes.fromhex(data)
    for data in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (3, 8): [
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (7, 8): [
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 7): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


@pytest.mark.parametrize("size", range(1, 9))
def test_the_known_roots(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing() -> None:
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()
    assert Tree().root() == EMPTY_ROOT


@pytest.mark.parametrize("place", INCLUSION, ids=str)
def test_the_known_inclusion_proofs(place: tuple[int, int]) -> None:
    index, size = place
    proof = span_hashes(LEAVES[:size], inclusion_spans(index, size))
    assert [one.hex() for one in proof] == INCLUSION[place]
    assert root_from_inclusion(index, size, leaf_hash(LEAVES[index]), proof) == root_of(LEAVES[:size])


@pytest.mark.parametrize("sizes", CONSISTENCY, ids=str)
def test_the_known_consistency_proofs(sizes: tuple[int, int]) -> None:
    old, size = sizes
    proof = span_hashes(LEAVES[:size], consistency_spans(old, size))
    assert [one.hex() for one in proof] == CONSISTENCY[sizes]
    assert is_consistent(old, bytes.fromhex(ROOTS[old - 1]), size, bytes.fromhex(ROOTS[size - 1]), proof)


# The definitions of RFC 6962 section 2.1, word for word.


def mth(data: list[bytes]) -> bytes:
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = largest(len(data))
    return sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def largest(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, data: list[bytes]) -> list[bytes]:
    if len(data) == 1:
        return []
    k = largest(len(data))
    return [*path(m, data[:k]), mth(data[k:])] if m < k else [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: list[bytes], *, whole: bool) -> list[bytes]:
    if m == len(data):
        return [] if whole else [mth(data)]
    k = largest(len(data))
    if m <= k:
        return [*subproof(m, data[:k], whole=whole), mth(data[k:])]
    return [*subproof(m - k, data[k:], whole=False), mth(data[:k])]


MANY = [b"entry %d" % number for number in range(40)]


@pytest.mark.parametrize("size", range(1, 41))
def test_every_proof_is_that_of_the_definition_and_leads_to_the_root(size: int) -> None:
    data = MANY[:size]
    root = mth(data)
    assert root_of(data) == root
    for index in range(size):
        proof = span_hashes(data, inclusion_spans(index, size))
        assert proof == path(index, data)
        assert root_from_inclusion(index, size, leaf_hash(data[index]), proof) == root
    for old in range(1, size + 1):
        proof = span_hashes(data, consistency_spans(old, size))
        assert proof == subproof(old, data, whole=True)
        assert is_consistent(old, mth(data[:old]), size, root, proof)


@given(st.data())
def test_a_wrong_proof_leads_nowhere(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 40))
    index = data.draw(st.integers(0, size - 1))
    root = root_of(MANY[:size])
    proof = span_hashes(MANY[:size], inclusion_spans(index, size))
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index)) if size > 1 else index + 1
    assert root_from_inclusion(index, size, leaf_hash(b"another"), proof) != root
    assert root_from_inclusion(other, size, leaf_hash(MANY[index]), proof) != root
    assert root_from_inclusion(index, size, leaf_hash(MANY[index]), [*proof, root]) != root
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        bent = [*proof[:place], sha256(proof[place]).digest(), *proof[place + 1 :]]
        assert root_from_inclusion(index, size, leaf_hash(MANY[index]), bent) != root
        assert root_from_inclusion(index, size, leaf_hash(MANY[index]), proof[:-1]) != root


@given(st.data())
def test_a_wrong_history_is_not_consistent(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 40))
    old = data.draw(st.integers(1, size))
    root, before = root_of(MANY[:size]), root_of(MANY[:old])
    proof = span_hashes(MANY[:size], consistency_spans(old, size))
    place = data.draw(st.integers(0, old - 1))
    rewritten = [*MANY[:place], b"rewritten", *MANY[place + 1 : size]]
    assert not is_consistent(old, before, size, root_of(rewritten), proof)
    assert not is_consistent(
        old, before, size, root_of(rewritten), span_hashes(rewritten, consistency_spans(old, size))
    )
    assert not is_consistent(old, root_of(rewritten[:old]), size, root, proof)
    assert not is_consistent(old, before, size, root, [*proof, root])
    if proof:
        assert not is_consistent(old, before, size, root, proof[:-1])
    assert not is_consistent(size + 1, root, size, root, proof)
    assert not is_consistent(0, EMPTY_ROOT, size, root, [])


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_stretches_made_apart_and_put_together_give_the_same_root(cuts: list[int]) -> None:
    places = sorted({0, 40, *cuts})
    leaves = list(map(leaf_hash, MANY))
    whole = Tree()
    for begin, end in pairwise(places):
        part = Tree(begin)
        middle = (begin + end) // 2
        part.extend(leaves[begin:middle])
        for leaf in leaves[middle:end]:
            part.add(leaf)
        whole.join(part)
    assert (whole.end, whole.root()) == (40, mth(MANY))


def test_a_stretch_from_the_middle_has_no_root_and_joins_nowhere_else() -> None:
    part = Tree(4)
    part.add(leaf_hash(b"4"))
    with pytest.raises(ValueError, match="no root"):
        part.root()
    with pytest.raises(ValueError, match="begins at 4, not at 0"):
        Tree().join(part)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33])
def test_another_library_agrees(size: int) -> None:
    """`pymerkle` follows RFC 6962 as well, and shares no line with this."""
    pymerkle = pytest.importorskip("pymerkle")
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for data in MANY[:size]:
        tree.append_entry(data)
    assert tree.get_root(size) == root_of(MANY[:size])
    index, root = size // 2, root_of(MANY[:size])
    theirs = tree.prove_inclusion(index + 1, size)
    ours = span_hashes(MANY[:size], inclusion_spans(index, size))
    assert set(theirs.path) == {leaf_hash(MANY[index]), *ours}  # theirs begins with the leaf itself
    pymerkle.verify_inclusion(leaf_hash(MANY[index]), root, theirs)
    growth = tree.prove_consistency(index + 1, size)
    pymerkle.verify_consistency(root_of(MANY[: index + 1]), root, growth)
    for check, first, proof in (
        (pymerkle.verify_inclusion, leaf_hash(MANY[index]), theirs),
        (pymerkle.verify_consistency, root_of(MANY[: index + 1]), growth),
    ):
        with pytest.raises(pymerkle.InvalidProof):
            check(first, bytes(32), proof)


def test_there_is_no_proof_of_what_is_not_there() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_spans(index, size)
    for old, size in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="not a later one"):
            consistency_spans(old, size)
    with pytest.raises(ValueError, match="fewer than 8"):
        span_hashes(MANY[:5], inclusion_spans(0, 8))
