# newsledger and the Prefect it needs: server, deploy and worker of docker-compose.yml are this one image,
# so that all of them have the versions of constraints.txt (a plain install of Prefect breaks with newer
# FastAPI and SQLAlchemy, see docs/dependencies.md).
FROM python:3.11.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
RUN python -m venv /opt/newsledger && /opt/newsledger/bin/pip install pip==25.0.1
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY schemas schemas
COPY warehouse warehouse
COPY expectations expectations
COPY flows flows
COPY newsledger newsledger
RUN /opt/newsledger/bin/pip install . -c constraints.txt

FROM python:3.11.11-slim-bookworm
RUN useradd --uid 1000 --create-home newsledger && install -d -o newsledger -g newsledger /project
COPY --from=build /opt/newsledger /opt/newsledger
COPY prefect.yaml prefect.toml /app/
ENV PATH=/opt/newsledger/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DO_NOT_TRACK=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false
USER newsledger
WORKDIR /project
ENTRYPOINT []
CMD ["newsledger", "--help"]
