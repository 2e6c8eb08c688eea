"""What is on a long page, before all of it: a link to each heading."""

from dataclasses import dataclass, field

import streamlit as st

from pages.words import plain, say


@dataclass
class Contents:
    """The headings of one page, in the order drawn, each with the name that its link leads to."""

    headings: dict[str, str] = field(default_factory=dict)

    def heading(self, title: str, name: str) -> None:
        """A heading that can be jumped to; one that says the same as an earlier one is found through that."""
        st.header(title, anchor=name)
        self.headings.setdefault(title, name)

    def draw(self) -> None:
        """All of them on a line or two; none where a page is short."""
        if len(self.headings) > 2:
            links = " · ".join(f"[{plain(title)}](#{name})" for title, name in self.headings.items())
            with st.container(key="contents"):
                st.markdown(f"**{say('results.contents')}**  \n{links}")
