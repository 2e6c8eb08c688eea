"""A host with a key, and people without a browser, for the tests that look at one phone."""

import random
import time
from dataclasses import dataclass, field

import httpx

SHORT = {"form": "short", "dark": False}
STANDARD = {"form": "standard", "dark": True}


@dataclass
class Host:
    """Runs one workshop at a time over the HTTP contract."""

    api: httpx.Client
    url: str
    code: str = ""
    people: list[httpx.Client] = field(default_factory=list)

    def create(self, **fields) -> "Host":
        """A draft, with six statements unless the fields say otherwise."""
        body = {"title": "How we lean, how we stand", "checklist": True, "helpline": "030 1234567", **SHORT, **fields}
        answer = self.api.post("/api/workshops", json=body)
        assert answer.status_code == 201, answer.text
        self.code = answer.json()["code"]
        return self

    def act(self, action: str, **parameters) -> "Host":
        """One action, which has to succeed."""
        answer = self.api.post(f"/api/workshops/{self.code}/actions", json={"action": action, **parameters})
        assert answer.status_code == 200, answer.text
        return self

    def state(self) -> dict:
        """What a script sees."""
        return self.api.get(f"/api/workshops/{self.code}").json()

    def results(self) -> dict:
        """The snapshot."""
        return self.api.get(f"/api/workshops/{self.code}/results").json()

    def join(self, people: int) -> "Host":
        """So many people with no browser."""
        for _ in range(people):
            person = httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=10)
            assert person.post(f"/api/workshops/{self.code}/seats").status_code == 201
            self.people.append(person)
        return self

    def answer(self, point: int | None = None) -> "Host":
        """All of them answer, with one point or at random."""
        dice, state = random.Random(3), self.state()
        for person in self.people:
            answers = {item["id"]: point or dice.randint(1, 5) for item in state["inventory"]["items"]}
            path = f"/api/workshops/{self.code}/rounds/{state['round']}/answers"
            assert person.put(path, json={"answers": answers}).status_code == 200
        return self

    def until_finished(self, people: int) -> None:
        """Counts are told at most once a second."""
        deadline = time.monotonic() + 5
        while self.state()["counts"]["finished"] != people:
            assert time.monotonic() < deadline, self.state()["counts"]
            time.sleep(0.1)

    def close(self) -> None:
        """Everybody goes home."""
        for person in self.people:
            person.close()
