"""Documents on paper as PDF. Importing what is in here costs reportlab; `documents.to_pdf` does so when somebody prints."""
