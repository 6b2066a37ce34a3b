# One image for every role. Build: docker build -t ai-seller .   Run: docker run -p 8000:8000 -v seller:/app/data ai-seller
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --disable-pip-version-check uv
# The packages change less often than the code: their layer is built anew only with the lock.
COPY requirements.lock ./
RUN .venv/bin/uv pip install --no-cache --compile-bytecode --python .venv/bin/python --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY core core
COPY rag rag
COPY bots bots
COPY migrations migrations
COPY examples examples
RUN .venv/bin/uv pip install --no-cache --python .venv/bin/python --no-deps --no-build-isolation -e .

FROM python:3.11-slim
WORKDIR /app
RUN useradd --uid 10001 --no-create-home --home-dir /app/data seller && install -d -o seller -g seller /app/data
COPY --from=build /app /app
USER seller
ENV PATH=/app/.venv/bin:$PATH HOST=0.0.0.0 DATA_DIR=/app/data LOG_FORMAT=json PYTHONUNBUFFERED=1
VOLUME /app/data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz\", timeout=4)"]
CMD ["seller", "run"]
