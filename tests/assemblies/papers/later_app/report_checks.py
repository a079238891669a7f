from partnership.report_checks import check


@check("later_app_risk", "It names a risk of the register")
def names_a_risk(report):
    if "register" not in report.working_text.fields.get("risks", ""):
        yield "It names no risk of the register"
