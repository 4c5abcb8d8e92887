"""Prose, figure by figure: find each, read the words around it, bind it to what it claims to count."""
