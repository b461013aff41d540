"""What a person types: parse, call one action, print, exit."""
