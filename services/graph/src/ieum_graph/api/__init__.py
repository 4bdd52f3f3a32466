"""The HTTP side: routes, shapes, answers in two languages, codes of what is wrong."""
