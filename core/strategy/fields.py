"""Asking a group of YAML entries for its fields, with every slip told and none fatal."""

from core.strategy.problems import Place, Problems, name_hint
from core.strategy.yaml_lines import QUOTES_HINT, Entries, Items, Node, Text

LanguageTexts = dict[str, tuple[Text, ...]]


class Fields:
    """The fields of one group. `of` names the group in messages."""

    def __init__(self, node: Node | None, problems: Problems, *, of: str, place: Place | None = None) -> None:
        self._problems = problems
        self._of = of
        self._asked: list[str] = []
        self.place = node.place if node else place or Place("?")
        if isinstance(node, Entries):
            self._entries = node
        else:
            self._entries = Entries(self.place, {}, {})
            if node is not None:
                problems.add(self.place, f"{of} must be a group of `key: value` lines", QUOTES_HINT)

    def place_of(self, key: str) -> Place:
        return self._entries.keys.get(key, self.place)

    def node(self, key: str, *, required: bool = False) -> Node | None:
        """The value; None when the key is missing or nothing is written after it."""
        self._asked.append(key)
        node = self._entries.values.get(key)
        if isinstance(node, Text) and not node.value.strip():
            node = None
        if node is None and required:
            what = f"{self._of} has no {key}" if key not in self._entries.keys else f"{key} of {self._of} is empty"
            self._problems.add(self.place_of(key), what, f"add a line `{key}: ...`")
        return node

    def text(self, key: str, *, required: bool = False) -> Text | None:
        node = self.node(key, required=required)
        return self._as_text(node, key) if node else None

    def texts(self, key: str, *, required: bool = False) -> tuple[Text, ...]:
        """A list of texts; one text alone counts as a list of one."""
        node = self.node(key, required=required)
        return self._as_texts(node, key) if node else ()

    def items(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        node = self.node(key, required=required)
        if node is None:
            return ()
        if not isinstance(node, Items):
            self._problems.add(node.place, f"{key} of {self._of} must be a list", "begin each item with `- `")
            return ()
        return node.items

    def by_language(self, key: str, *, required: bool = False) -> LanguageTexts:
        """Texts by language: `uk: [...]`, `ru: [...]`."""
        node = self.node(key, required=required)
        if node is None:
            return {}
        if not isinstance(node, Entries):
            self._problems.add(
                node.place, f"{key} of {self._of} must be given by language", "write `uk:`, `ru:`, `en:` below it"
            )
            return {}
        return {language: self._as_texts(value, f"{key}.{language}") for language, value in node.values.items()}

    def group(self, key: str) -> Entries | None:
        node = self.node(key)
        if node is None or isinstance(node, Entries):
            return node
        self._problems.add(node.place, f"{key} of {self._of} must be a group of `key: value` lines", QUOTES_HINT)
        return None

    def refuse_rest(self) -> None:
        """Keys that nobody asked for are spelling mistakes."""
        for key, place in self._entries.keys.items():
            if key not in self._asked:
                self._problems.add(place, f"{self._of} has an unknown key {key!r}", name_hint(key, self._asked))

    def _as_text(self, node: Node, key: str) -> Text | None:
        if isinstance(node, Text):
            return Text(node.place, node.value.strip())
        self._problems.add(node.place, f"{key} of {self._of} must be one text", QUOTES_HINT)
        return None

    def _as_texts(self, node: Node, key: str) -> tuple[Text, ...]:
        found = [self._as_text(item, key) for item in (node.items if isinstance(node, Items) else (node,))]
        texts = tuple(text for text in found if text is not None)
        for text in texts:
            if not text.value:
                self._problems.add(text.place, f"a text in {key} of {self._of} is empty", "write it or delete the line")
        return tuple(text for text in texts if text.value)
