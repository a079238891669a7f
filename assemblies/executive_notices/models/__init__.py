from assemblies.executive_notices.models.notice import ExecutiveNotice

__all__ = ["ExecutiveNotice"]
