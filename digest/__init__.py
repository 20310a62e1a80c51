"""The morning digest: build, render, deliver."""
