# Front-end files: fetched in a stage of their own, so that the image holds no node.
FROM node:24-bookworm-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --no-create-home rodtraad \
    && install -d -o rodtraad -m 0700 /data
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY . .
COPY --from=frontend /app/node_modules node_modules
RUN python scripts/frontend.py --copy && rm -rf node_modules && python -m config.lib.messages
ENV DATA_DIR=/data PYTHONUNBUFFERED=1
USER rodtraad
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket", "--access-logfile", "-"]
