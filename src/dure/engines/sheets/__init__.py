"""Small tables that people keep in spreadsheets: read as hostile, written so that no cell is a formula."""

from dure.engines.sheets.reading import Table, read_table
from dure.engines.sheets.writing import Cell, csv_bytes, safe_cell, workbook_bytes

__all__ = ["Cell", "Table", "csv_bytes", "read_table", "safe_cell", "workbook_bytes"]
