"""Every fault code and finding code of the scoring engine, each with its English sentence.

The app above translates the sentences; the named parameters are those that the `Fault` or `Finding` carries. Row, column and
place stand beside the sentence, not in it. A parameter `total`, where there is one, is how often the same kind occurs in the column
while only the first ten are listed; no sentence needs it.
"""

from collections.abc import Mapping

from dure.engines.faults import gettext_noop

READING: Mapping[str, str] = {
    "file_too_large": gettext_noop("The file is larger than %(limit)s."),
    "too_large": gettext_noop("Decoded, the table is larger than %(limit)s."),
    "unpacks_too_large": gettext_noop("Unpacked, the file is larger than %(limit)s."),
    "too_many_rows": gettext_noop("The table has %(found)s rows; at most %(limit)s are read."),
    "too_many_columns": gettext_noop("The table has %(found)s columns; at most %(limit)s are read."),
    "too_many_cells": gettext_noop("The table has %(found)s cells; at most %(limit)s are read."),
    "cell_too_long": gettext_noop("A cell or line has %(found)s; at most %(limit)s are read."),
    "empty_file": gettext_noop("The file is empty."),
    "format_not_supported": gettext_noop(
        "This is a file of the format %(format)s. Hand in CSV, Parquet or JSON lines."
    ),
    "archive_damaged": gettext_noop("The archive is damaged or cut off."),
    "archive_empty": gettext_noop("The archive holds no file."),
    "archive_many_files": gettext_noop("The archive holds %(found)s files; put exactly one into it."),
    "archive_nested": gettext_noop("The archive holds another archive; put the table itself into it."),
    "archive_path": gettext_noop("The archive names a file outside its own folder."),
    "archive_link": gettext_noop("The archive holds a link or a device instead of a file."),
    "archive_encrypted": gettext_noop("The archive is encrypted."),
    "archive_method": gettext_noop("The archive uses a compression other than deflate."),
    "encoding_unknown": gettext_noop("The text is neither UTF-8, UTF-16 nor CP949: see byte %(offset)s."),
    "nul_bytes": gettext_noop(
        "The text holds a NUL at byte %(offset)s: a binary file, or UTF-16 without a byte order mark."
    ),
    "header_unreadable": gettext_noop("The first line, which names the columns, cannot be read."),
    "column_without_name": gettext_noop("Column number %(position)s has no name."),
    "column_twice": gettext_noop("This column name occurs %(times)s times."),
    "ragged_row": gettext_noop("The row has %(found)s fields where the header has %(expected)s."),
    "quote_not_closed": gettext_noop("A quotation mark opened in this row is never closed."),
    "quote_misplaced": gettext_noop("A quoted cell of this row goes on after its closing quotation mark."),
    "json_array": gettext_noop("This is one JSON array; write one object per line instead."),
    "json_broken": gettext_noop("The line is not valid JSON."),
    "json_not_object": gettext_noop("The line is not a JSON object."),
    "json_unknown_key": gettext_noop("The key %(key)s is not in the first line."),
    "parquet_damaged": gettext_noop("The Parquet file is damaged or contradicts itself."),
    "parquet_encrypted": gettext_noop("The Parquet file is encrypted."),
    "parquet_encoding": gettext_noop(
        "The Parquet file uses an encoding or compression that is not read here. "
        "Write it again with your program's defaults, or with zstd."
    ),
    "parquet_nested": gettext_noop("The column holds lists or structures; hand in one value per cell."),
    "parquet_type": gettext_noop("The column has the type %(type)s, which cannot be read as text or number."),
}
SCHEMA: Mapping[str, str] = {
    "schema_not_object": gettext_noop("An object is expected here."),
    "schema_not_list": gettext_noop("A list is expected here."),
    "schema_missing": gettext_noop("This entry is missing."),
    "schema_unknown": gettext_noop("This entry is not known."),
    "schema_not_text": gettext_noop("Text is expected here."),
    "schema_not_number": gettext_noop("A number is expected here."),
    "schema_not_flag": gettext_noop("Yes or no (true or false) is expected here."),
    "schema_kind_unknown": gettext_noop("%(kind)s is none of the kinds %(known)s."),
    "schema_role_bad": gettext_noop(
        "No metric knows the use “%(role)s”: write one of the words below the table, "
        "with a part after a colon for probabilities and quantiles."
    ),
    "schema_quantile_bad": gettext_noop("The level of a quantile lies between 0 and 1: %(role)s does not."),
    "schema_range_empty": gettext_noop("The lowest value %(lowest)s is above the highest %(highest)s."),
    "schema_decimals_bad": gettext_noop("The number of decimals lies between 0 and 15."),
    "schema_no_id": gettext_noop("At least one column must tell the rows apart."),
    "schema_no_columns": gettext_noop("At least one column must be scored."),
    "schema_name_twice": gettext_noop("The name %(name)s is used twice."),
    "schema_role_twice": gettext_noop("Two columns are used as %(role)s."),
    "sample_no_id": gettext_noop(
        "No column, nor the first few together, tells all rows of the sample apart."
    ),
    "sample_no_columns": gettext_noop("The sample has no column beside its ids."),
    "sample_column_unknown": gettext_noop("The sample has no such column."),
}
VALIDATION: Mapping[str, str] = {
    "no_rows": gettext_noop("The file names columns but holds no rows."),
    "row_count": gettext_noop("The file has %(found)s rows where %(expected)s are expected."),
    "column_missing": gettext_noop("This column is missing."),
    "column_misnamed": gettext_noop("This column is missing. Is it the one named %(near)s?"),
    "column_unknown": gettext_noop("This column is not asked for."),
    "id_empty": gettext_noop("The row has no id."),
    "id_missing": gettext_noop("%(count)s ids have no row, among them %(examples)s."),
    "id_duplicate": gettext_noop("The id %(id)s stood in line %(first_row)s before."),
    "id_unknown": gettext_noop("The id %(id)s is not among those asked for."),
    "cell_empty": gettext_noop("The cell is empty."),
    "cell_not_number": gettext_noop("%(value)s is not a number."),
    "not_finite": gettext_noop("%(value)s is not a finite number."),
    "below_lowest": gettext_noop("%(value)s is below the lowest value %(lowest)s."),
    "above_highest": gettext_noop("%(value)s is above the highest value %(highest)s."),
    "too_many_decimals": gettext_noop("%(value)s has more than %(decimals)s decimals."),
    "label_too_long": gettext_noop("The label is longer than %(limit)s characters."),
    "category_unknown": gettext_noop("%(value)s is none of the categories %(known)s."),
    "category_misspelt": gettext_noop("%(value)s is none of the categories. Is %(near)s meant?"),
    "quantiles_not_ascending": gettext_noop("The quantiles fall from %(low)s to %(high)s."),
    "probabilities_not_one": gettext_noop("The probabilities sum to %(sum)s, not to 1."),
}
JOINING: Mapping[str, str] = {
    "answers_id_duplicate": gettext_noop(
        "The answers hold %(count)s rows whose id occurs twice or is empty."
    ),
    "answers_cell_empty": gettext_noop(
        "The answers hold %(count)s empty or not finite cells in this column."
    ),
    "answers_not_numbers": gettext_noop("The answers hold text in this column, where numbers are needed."),
    "answers_column_missing": gettext_noop("The answers lack this column."),
    "answers_ids_new": gettext_noop(
        "%(count)s ids were never asked for, among them %(examples)s: no team has predicted them."
    ),
    "answers_one_sided": gettext_noop(
        "All rows left are on one side; at least one public and one private row must remain."
    ),
    "rows_back_but_missing": gettext_noop(
        "%(count)s rows that count again are not in this file, which was handed in while they did not count."
    ),
    "ids_do_not_match": gettext_noop("The ids of the predictions are not those of the answers."),
}
SPLITTING: Mapping[str, str] = {
    "sites_differ": gettext_noop("The sites' answers have different columns: %(columns)s."),
    "split_share": gettext_noop("The public share lies between 0 and 1: %(share)s does not."),
    "split_ids": gettext_noop("%(count)s rows have an id that is empty or occurs twice."),
    "split_too_few": gettext_noop(
        "At least two rows, groups or moments are needed to split; there are %(found)s."
    ),
    "split_by_missing": gettext_noop(
        "This way of splitting needs a column to split by, without empty cells."
    ),
    "split_lengths": gettext_noop("There are %(ids)s ids but %(values)s values to split by."),
}
METRICS: Mapping[str, str] = {
    "role_unfilled": gettext_noop(
        "One column used as %(role)s is needed (%(kind)s); there is none, or more than one."
    ),
    "unknown_metric": gettext_noop("There is no metric %(metric)s."),
    "unknown_parameter": gettext_noop("The metric has no parameter %(name)s."),
    "bad_parameter": gettext_noop("%(value)s is no value for the parameter %(name)s."),
    "lengths_differ": gettext_noop("The column has %(found)s rows where %(expected)s are expected."),
    "not_a_number": gettext_noop("The column holds no numbers."),
    "missing": gettext_noop("The cell is empty."),
    "out_of_range": gettext_noop("%(value)s lies outside %(lowest)s to %(highest)s."),
    "zero_answer": gettext_noop("The answer is zero, by which this metric divides."),
    "more_rows": gettext_noop("%(count)s more rows have the same fault."),
    "not_binary": gettext_noop("The answers hold %(classes)s classes; this metric needs two."),
    "positive_unknown": gettext_noop("The answers never hold the positive class %(positive)s."),
    "too_many_classes": gettext_noop("There are %(classes)s classes; at most %(highest)s are scored."),
    "class_without_column": gettext_noop(
        "The class %(label)s of the answers has no column of probabilities."
    ),
    "probabilities_do_not_sum": gettext_noop("The probabilities sum to %(value)s, not to 1."),
    "bad_quantile_level": gettext_noop("%(level)s is no level of a quantile, which lies between 0 and 1."),
    "quantile_missing": gettext_noop(
        "The quantile %(level)s is missing, without which an interval has one end only."
    ),
    "quantiles_cross": gettext_noop("A higher quantile lies below a lower one."),
    "bad_boxes": gettext_noop("%(value)s is no list of boxes."),
    "bad_mask": gettext_noop("%(value)s is no mask of this shape."),
    "bad_shape": gettext_noop("%(value)s is no shape of a mask: height and width."),
    "text_too_long": gettext_noop("The text is longer than %(limit)s characters."),
}
FAULTS: Mapping[str, str] = {**METRICS, **READING, **SCHEMA, **VALIDATION, **JOINING, **SPLITTING}

FINDINGS: Mapping[str, str] = {
    "not_a_table": gettext_noop("The file %(filename)s is no table, so it was not looked into."),
    "test_without_ids": gettext_noop(
        "The test part lacks the id columns (%(ids)s), so it could not be compared with the answers."
    ),
    "duplicate_rows_skipped": gettext_noop(
        "Duplicate rows were not looked for: there is no training part with the same columns."
    ),
    "duplicate_rows_clear": gettext_noop(
        "No row of the test part stands in the training part (%(checked)s rows compared)."
    ),
    "duplicate_rows": gettext_noop(
        "%(count)s of %(checked)s test rows stand in the training part as well (share %(share)s)."
    ),
    "order_skipped": gettext_noop("Order was not looked at: there are too few rows."),
    "order_clear": gettext_noop(
        "Neither the order of the rows nor the ids say anything about the answers (%(sampled)s rows, seed %(seed)s)."
    ),
    "rows_predict": gettext_noop(
        "The order of the rows predicts %(answer)s: %(strength)s of 1 (%(sampled)s rows, seed %(seed)s)."
    ),
    "ids_predict": gettext_noop(
        "The order of the ids predicts %(answer)s: %(strength)s of 1 (%(sampled)s rows, seed %(seed)s)."
    ),
    "single_feature_skipped": gettext_noop(
        "Single columns were not looked at: there are too few rows with answers."
    ),
    "single_feature_clear": gettext_noop(
        "No single column decides the answers (%(sampled)s rows, seed %(seed)s)."
    ),
    "single_feature": gettext_noop(
        "This column alone decides %(answer)s: %(statistic)s = %(strength)s (%(sampled)s rows, seed %(seed)s)."
    ),
    "shift_skipped": gettext_noop(
        "Training and test part were not compared: there are too few rows or no shared columns."
    ),
    "shift_clear": gettext_noop(
        "A classifier cannot tell training and test part apart: AUC %(auc)s (%(sampled)s rows, seed %(seed)s)."
    ),
    "shift": gettext_noop(
        "A classifier tells training and test part apart: AUC %(auc)s (%(sampled)s rows, seed %(seed)s)."
    ),
    "shift_column": gettext_noop(
        "This column is distributed otherwise in the test part: distance %(distance)s on a scale from 0 to 1."
    ),
    "answers_reachable_skipped": gettext_noop(
        "Copies of the answers were not looked for: the public part has none of the answers' ids."
    ),
    "answers_reachable_clear": gettext_noop(
        "No public column is a copy of the answers (%(sampled)s rows, seed %(seed)s)."
    ),
    "answers_reachable": gettext_noop(
        "This public column is the answer %(answer)s under another name (%(sampled)s rows, seed %(seed)s)."
    ),
    "test_ids_skipped": gettext_noop("Shared ids were not looked for: the training part has no ids."),
    "test_ids_clear": gettext_noop("No id of the test part occurs in the training part."),
    "test_ids_labelled": gettext_noop(
        "%(count)s test ids stand in the training part with the same answer (agreement %(share)s)."
    ),
    "test_ids_shared": gettext_noop("%(count)s test ids stand in the training part, with other answers."),
    "target_skipped": gettext_noop("Baselines were not compared with a target: one of them is missing."),
    "target_clear": gettext_noop("No baseline reaches the stated target %(target)s; the best has %(best)s."),
    "target_reached": gettext_noop(
        "The baseline %(baseline)s already reaches the target %(target)s with %(score)s."
    ),
}
