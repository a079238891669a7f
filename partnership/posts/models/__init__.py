from partnership.posts.models.application import Application, Score
from partnership.posts.models.post import PanelMember, Post

__all__ = ["Application", "PanelMember", "Post", "Score"]
