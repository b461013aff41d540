"""What Alembic runs: the migrations of this folder on the connection that the store hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # A comparison hands over `leaguectl.tables.metadata`; an upgrade does without SQLModel.
    target_metadata=context.config.attributes.get("metadata"),
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
