"""Parse: what the cells of one workbook mean. Parsing converts and describes; whether it will do, contracts judge."""
