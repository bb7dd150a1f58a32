"""Pure computing: no Django, no clock, no input or output.  Frozen values and arrays in, frozen values and arrays out."""
