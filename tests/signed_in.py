"""Signing in, second factor included, for tests that are about something else."""


def sign_in(client, person):
    """Returns the client with the person signed in, as the demonstration's menu does it."""
    client.force_login(person)
    session = client.session
    session["demonstration_sign_in"] = True
    session.save()
    return client
