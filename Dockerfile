# Findings in a container: docker compose up --build. docs/administration.md explains it.
ARG PYTHON=python:3.11.14-slim-bookworm@sha256:65a93d69fa75478d554f4ad27c85c1e69fa184956261b4301ebaf6dbb0a3543d

FROM ${PYTHON} AS built
# An index of torch without CUDA, which spares some gigabytes: --build-arg TORCH_INDEX=ADDRESS
ARG TORCH_INDEX=
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /findings
COPY requirements.txt .
RUN python -m venv /venv
# torch first and alone: a looser resolution could choose a build many times its size.
RUN /venv/bin/pip install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} "$(grep '^torch==' requirements.txt)" \
    && /venv/bin/pip install -r requirements.txt

FROM ${PYTHON}
# Numbers, so that whoever runs the container can require that it is nobody's root.
RUN groupadd --system --gid 10001 findings \
    && useradd --system --uid 10001 --gid findings --home-dir /tmp --no-create-home findings \
    && install -d -o findings -g findings -m 0750 /data
COPY --from=built /venv /venv
# Root's, so that the program cannot change itself.
COPY . /findings
WORKDIR /findings
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    FINDINGS_PYTHON_READY=/venv/bin/python \
    FINDINGS_CORPUS=/data/corpus \
    FINDINGS_INDEX=/data/index \
    FINDINGS_BRIEFINGS=/data/briefings \
    FINDINGS_AUDIT_FOLDER=/data/audit \
    FINDINGS_ADDRESS=0.0.0.0 \
    FINDINGS_PORT=8501
USER 10001:10001
VOLUME /data
EXPOSE 8501
# The first start builds the library, which takes a minute or two for the bundled reports.
HEALTHCHECK --interval=30s --timeout=10s --start-period=600s --retries=3 \
    CMD ["/venv/bin/python", "deploy/healthy.py"]
CMD ["./start.sh"]
