# The portal for production: one image for web, worker, clock and migrations; compose.yaml says which is which.
FROM node:24-slim AS styles
WORKDIR /styles
COPY package.json package-lock.json ./
COPY partnership/local/trim.sh partnership/local/trim.sh
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && sh partnership/local/trim.sh

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=partnership.settings \
    HASHED_STATIC=1 \
    VAR_DIR=/portal/var \
    BIND=0.0.0.0
WORKDIR /portal
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && mkdir -p var/media var/static && mkdir -m 0700 var/ballot-keys && chown -R portal var
COPY --from=styles /styles/node_modules node_modules
COPY . .
RUN python -m compileall -q manage.py partnership places assemblies recovery
# Names of a database and a key that nothing connects to: collecting files asks for neither.
RUN SECRET_KEY=only-while-the-image-is-built-and-never-to-sign-anything DATABASE_URL=postgres:///none \
    python manage.py collectstatic --no-input --verbosity 0 && chown -R portal var
USER portal
# Keys of ballot boxes have a volume of their own, which is never backed up: see .env.example, BALLOT_KEYS_DIR.
VOLUME ["/portal/var/media", "/portal/var/ballot-keys"]
EXPOSE 8000
CMD ["gunicorn", "partnership.wsgi", "--config", "python:partnership.gunicorn"]
