"""The `rollup` command: one module per group of subcommands."""
