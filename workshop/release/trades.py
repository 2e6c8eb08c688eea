"""Which people of one part of a room could trade their answers with which people of another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

Mixture = Mapping[int, int]  # people by what they answered


@dataclass(frozen=True)
class Trade:
    """Who of one kind could have answered as each of some other kinds did, and who of those as this one did."""

    mine: Mapping[int, set[int]]
    theirs: Mapping[int, set[int]]

    def allows(self, mixture: Mixture) -> bool:
        """Whether there are people for it, each of whom could, and on our side a different one for each."""
        kinds = [kind for kind, people in mixture.items() if people]
        return (all(mixture[kind] <= min(len(self.mine[kind]), len(self.theirs[kind])) for kind in kinds)
                and sum(mixture.values()) <= len(set().union(*(self.mine[kind] for kind in kinds))))

    def needed(self, mixture: Mixture) -> set[int]:
        """The people without whom this exchange could not be."""
        kinds = [kind for kind, people in mixture.items() if people]
        groups = [(side[kind], mixture[kind]) for kind in kinds for side in (self.mine, self.theirs)]
        groups.append((set().union(*(self.mine[kind] for kind in kinds)), sum(mixture.values())))
        return {one for people, wanted in groups if len(people) == wanted for one in people}


def mixtures(trade: Trade, *, mixed: bool) -> Iterator[Mixture]:
    """What could be traded, few people first; `mixed`: of two kinds at once, too."""
    kinds = sorted(trade.theirs)
    most = min(sum(map(len, trade.theirs.values())), len(set().union(*trade.mine.values())))
    for people in range(1, most + 1):
        whole = [{kind: people} for kind in kinds]
        parted = [{one: some, other: people - some} for one, other in combinations(kinds, 2)
                  for some in range(1, people)] if mixed else []
        yield from (mixture for mixture in (*whole, *parted) if trade.allows(mixture))
