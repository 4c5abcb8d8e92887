"""The pages: what people read in a browser or on paper. Markup stands in the templates, arithmetic elsewhere."""
