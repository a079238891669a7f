from partnership.report_parts import part

RISKS = ["Too few beds"]


@part("later_app_risks", "Risks of the programme")
def risks(report):
    return "\n".join(f"- {risk}" for risk in RISKS)
