"""The design system: frame, components, charts, forms, the look of signing in.

Nouns: frame, navigation entry, component, why.  Below: the kernel (who is asking, what may they see).  Answers: how does
Kaname look, sound and move, in both languages, in light and dark, by hand and by keyboard.
"""
