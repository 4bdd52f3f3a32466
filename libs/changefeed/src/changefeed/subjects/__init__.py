"""Every type of subject, declared once: its fields, their words, and what of them is public.

Data only: rules are functions of the registry's domain, verbs sentences of its operations.
"""
