"""What every writer receives: values, tables, documents and pictures, undrawn."""
