from assemblies.questions.models.question import Question
from assemblies.questions.models.question_rules import QuestionRules
from assemblies.questions.models.reply import Reply

__all__ = ["Question", "QuestionRules", "Reply"]
