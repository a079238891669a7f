"""Gunicorn's settings for `make run`: two processes that share what they loaded."""

preload_app = True
workers = 2
threads = 2
worker_class = "gthread"
accesslog = None
loglevel = "warning"
graceful_timeout = 3
keepalive = 15
control_socket_disable = True
