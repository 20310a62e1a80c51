"""The accurate model: a small multilingual encoder, part of it trained here, run by NumPy alone."""
