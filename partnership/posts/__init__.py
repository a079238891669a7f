"""Appointed posts: adverts, applications, panels."""
