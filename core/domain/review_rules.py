"""What a reply may not do, by name: the firewall's rules, as the trace and the event log know them."""

AMOUNT = "untraced_amount"
OTHER_PRODUCT = "price_of_another_product"
DISCOUNT = "untraced_discount"
FREE = "untraced_free"
TERM = "untraced_term"
TERMS = "untraced_terms"
GUARANTEE = "untraced_guarantee"
DATE = "untraced_date"
STOCK = "untraced_stock"
LINK = "untraced_link"
CONTACT = "untraced_contact"
PROMISE = "untraced_promise"
URGENCY = "false_urgency"
COMPARISON = "untraced_comparison"
LEGAL = "untraced_legal"
PERSON = "claims_person"
LEAK = "leaks_instructions"
AGREES = "agrees_to_untraced"
REPEATS = "repeats_untraced"
HIDDEN = "hidden_characters"

ALL = (
    AMOUNT, OTHER_PRODUCT, DISCOUNT, FREE, TERM, TERMS, GUARANTEE, DATE, STOCK, LINK, CONTACT, PROMISE, URGENCY,
    COMPARISON, LEGAL, PERSON, LEAK, AGREES, REPEATS, HIDDEN,
)  # fmt: skip
