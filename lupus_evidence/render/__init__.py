"""Pure renderers: a result in, text out; they neither compute, print nor open files."""
