# embed.awk: turns the named statements of sql/queries/ into C.
#
#   awk -v out=build/queries -f sql/embed.awk sql/queries/*.sql
#       writes build/queries.h and build/queries.c
#   awk -v mode=list -f sql/embed.awk sql/queries/*.sql
#       prints one line a fact, for sql/check and the contract tests:
#       statement, name, file:line / arg, name, type, null or not / column,
#       name, type / reads / text, a line of it / end; parted by tabs
#
# A statement:
#
#   -- name: cashout_create
#   -- args: creator_id bigint, note text null        (in the order of $1, $2 …)
#   -- returns: id bigint, @shape, "creator.name" text        (or: nothing)
#   -- reads                                   (may be said again: it only reads)
#   -- async                         (has ask_<name> too, for lib/link.h's links)
#
# A list goes on in lines that begin with "--" and two blanks or more.  What
# several statements return is a shape, "-- shape: x" and its columns, which
# "@x" stands for.  What does not hold together stops the build.

BEGIN {
	FS = "\n"
	split("bigint int money bool text time json uuid bytea date numeric",
	    list, " ")
	for (i in list)
		is_type[list[i]] = 1
	column["bigint"] = column["int"] = "COLUMN_INT"
	column["money"] = "COLUMN_MONEY"
	column["numeric"] = "COLUMN_NUMBER"
	column["bool"] = "COLUMN_BOOL"
	column["text"] = column["uuid"] = "COLUMN_TEXT"
	column["time"] = "COLUMN_TIME"
	column["date"] = "COLUMN_DATE"
	column["json"] = "COLUMN_JSON"
	is_number["bigint"] = is_number["int"] = is_number["money"] = 1
	split("auto break case char const continue default do double else " \
	    "enum extern float for goto if inline int long register restrict " \
	    "return short signed sizeof static struct switch typedef union " \
	    "unsigned void volatile while bool true false", list, " ")
	for (i in list)
		is_c_word[list[i]] = 1
	statements = 0
	failed = 0
}

function complain(where, what) {
	print where ": " what > "/dev/stderr"
	failed = 1
}

function trim(s) {
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	return s
}

function is_name(s) {
	return s ~ /^[a-z][a-z0-9_]*$/
}

# A struct or its member may be called so.
function is_c_name(s) {
	return is_name(s) && !(s in is_c_word)
}

FNR == 1 {
	current = 0
	part = ""
	shape = ""
}

/^-- name:/ {
	part = ""
	shape = ""
	current = ++statements
	name[current] = trim(substr($0, 9))
	where[current] = FILENAME ":" FNR
	if (!is_c_name(name[current]))
		complain(where[current], "\"" name[current] \
		    "\" is no name: lower case, digits, underscores, " \
		    "no word of C")
	if (name[current] in known)
		complain(where[current], name[current] " stands also at " \
		    where[known[name[current]]])
	known[name[current]] = current
	next
}

/^-- shape:/ {
	current = 0
	part = "shape"
	shape = trim(substr($0, 10))
	if (!is_name(shape))
		complain(FILENAME ":" FNR, "\"" shape "\" is no name")
	if (shape in shape_where)
		complain(FILENAME ":" FNR, "shape " shape " stands also at " \
		    shape_where[shape])
	shape_where[shape] = FILENAME ":" FNR
	shape_text[shape] = ""
	next
}

/^-- (args|returns):/ {
	if (!current) {
		complain(FILENAME ":" FNR, "no statement begins above this")
		next
	}
	part = $0 ~ /^-- args:/ ? "args" : "returns"
	if ((current, part) in header)
		complain(FILENAME ":" FNR, part " stands there twice")
	header[current, part] = substr($0, index($0, ":") + 1)
	next
}

/^-- reads[ \t]*$/ {
	if (!current)
		complain(FILENAME ":" FNR, "no statement begins above this")
	reads[current] = 1
	part = ""
	next
}

/^-- async[ \t]*$/ {
	if (!current)
		complain(FILENAME ":" FNR, "no statement begins above this")
	async[current] = 1
	part = ""
	next
}

/^--  +[^ ]/ && part != "" {
	if (part == "shape")
		shape_text[shape] = shape_text[shape] " " trim(substr($0, 3))
	else
		header[current, part] = header[current, part] " " \
		    trim(substr($0, 3))
	next
}

/^[ \t]*--/ {
	part = ""
	next
}

/^[ \t]*$/ {
	part = ""
	if (!current || text_of[current] == "")
		next
}

{
	part = ""
	if (!current) {
		complain(FILENAME ":" FNR, "this belongs to no statement")
		next
	}
	text_of[current] = text_of[current] $0 "\n"
}

# ---- reading the headers ----

# The columns of a returns line, shapes put in their place, as "name type,…".
function expand(s, text,    n, i, piece, out, item) {
	n = split(text, piece, ",")
	out = ""
	for (i = 1; i <= n; i++) {
		item = trim(piece[i])
		if (item ~ /^@/) {
			item = substr(item, 2)
			if (!(item in shape_where)) {
				complain(where[s], "there is no shape " item)
				continue
			}
			item = shape_text[item]
		}
		out = out (out == "" ? "" : ",") item
	}
	return out
}

function read_args(s,    n, i, piece, word, words, text) {
	args[s] = 0
	text = trim(header[s, "args"])
	if (text == "")
		return
	n = split(text, piece, ",")
	for (i = 1; i <= n; i++) {
		words = split(trim(piece[i]), word, /[ \t]+/)
		if (words < 2 || words > 3 || !is_c_name(word[1]) ||
		    !(word[2] in is_type) || (words == 3 && word[3] != "null")) {
			complain(where[s], "args: \"" trim(piece[i]) \
			    "\" is not \"name type\" or \"name type null\"")
			continue
		}
		if ((s, "arg", word[1]) in seen)
			complain(where[s], "args: " word[1] " stands twice")
		seen[s, "arg", word[1]] = 1
		args[s]++
		arg_name[s, args[s]] = word[1]
		arg_type[s, args[s]] = word[2]
		arg_null[s, args[s]] = words == 3
	}
}

# An object's columns stand side by side, or it would be written twice.
function check_nesting(s, i,    path, n, part_of, k, before) {
	n = split(column_name[s, i], part_of, ".")
	path = ""
	for (k = 1; k < n; k++) {
		path = path part_of[k] "."
		before = i > 1 ? substr(column_name[s, i - 1], 1,
		    length(path)) : ""
		if (before != path && (s, "object", path) in seen)
			complain(where[s], "returns: the columns of \"" \
			    substr(path, 1, length(path) - 1) \
			    "\" do not stand side by side")
		seen[s, "object", path] = 1
		if ((s, "plain", substr(path, 1, length(path) - 1)) in seen)
			complain(where[s], "returns: \"" \
			    substr(path, 1, length(path) - 1) \
			    "\" is a column and an object")
	}
	seen[s, "plain", column_name[s, i]] = 1
	if ((s, "object", column_name[s, i] ".") in seen)
		complain(where[s], "returns: \"" column_name[s, i] \
		    "\" is a column and an object")
}

function read_columns(s,    n, i, piece, item, blank, what, type) {
	columns[s] = 0
	if (!((s, "returns") in header)) {
		complain(where[s], name[s] " does not say what it returns")
		return
	}
	if (trim(header[s, "returns"]) == "nothing")
		return
	n = split(expand(s, header[s, "returns"]), piece, ",")
	for (i = 1; i <= n; i++) {
		item = trim(piece[i])
		blank = match(item, /[ \t]+[a-z]+$/)
		what = substr(item, 1, blank - 1)
		type = trim(substr(item, blank))
		if (what ~ /^"[a-z][a-z0-9_.]*"$/)
			what = substr(what, 2, length(what) - 2)
		else if (!is_name(what))
			blank = 0
		if (!blank || !(type in column)) {
			complain(where[s], "returns: \"" item \
			    "\" is not \"name type\"")
			continue
		}
		columns[s]++
		column_name[s, columns[s]] = what
		column_type[s, columns[s]] = type
		if ((s, "plain", what) in seen)
			complain(where[s], "returns: \"" what \
			    "\" stands twice")
		else
			check_nesting(s, columns[s])
	}
}

# The text without strings, quoted names and comments, and one ";" at its end.
function bare_sql(text,    i, c, quote, out) {
	out = ""
	quote = ""
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (quote == "\n") {
			if (c == "\n")
				quote = ""
		} else if (quote != "") {
			if (c == quote)
				quote = ""
			continue
		} else if (c == "'" || c == "\"") {
			quote = c
			out = out " "
			continue
		} else if (substr(text, i, 2) == "--") {
			quote = "\n"
		}
		if (quote == "")
			out = out c
	}
	return out
}

function check_text(s,    bare, n, used, i) {
	sub(/[ \t\n]*;?[ \t\n]*$/, "", text_of[s])
	if (text_of[s] == "") {
		complain(where[s], name[s] " has no statement")
		return
	}
	bare = bare_sql(text_of[s])
	if (bare ~ /;/)
		complain(where[s], name[s] " is more than one statement")
	while (match(bare, /\$[0-9]+/)) {
		n = substr(bare, RSTART + 1, RLENGTH - 1) + 0
		used[n] = 1
		if (n < 1 || n > args[s])
			complain(where[s], name[s] " uses $" n " but has " \
			    args[s] " arguments")
		bare = substr(bare, RSTART + RLENGTH)
	}
	for (i = 1; i <= args[s]; i++)
		if (!(i in used))
			complain(where[s], name[s] " does not use $" i ", " \
			    arg_name[s, i])
}

# ---- writing ----

# Letter by letter: awks differ in what backslashes mean to gsub.
function c_escape(s,    i, c, out) {
	out = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		out = out (c == "\\" || c == "\"" ? "\\" : "") c
	}
	return out
}

function c_text(s) {
	return "\"" c_escape(s) "\""
}

function member(type, null, what) {
	if (type in is_number)
		return (null ? "const int64_t *" : "int64_t ") what ";"
	if (type == "bool")
		return (null ? "const bool *" : "bool ") what ";"
	if (type == "bytea")
		return "const char *" what ";\n\tsize_t " what "_size;"
	return "const char *" what ";"
}

function value(s, i,    q) {
	q = "q." arg_name[s, i]
	if (arg_type[s, i] in is_number) {
		if (!arg_null[s, i])
			return "number_text(number[" i - 1 "], " q ")"
		return q " == NULL ? NULL : number_text(number[" i - 1 \
		    "], *" q ")"
	}
	if (arg_type[s, i] == "bool") {
		if (!arg_null[s, i])
			return q " ? \"t\" : \"f\""
		return q " == NULL ? NULL : *" q " ? \"t\" : \"f\""
	}
	return q
}

function prototype(s) {
	return "sql_" name[s] "(struct request *req" \
	    (args[s] ? ", struct " name[s] " q)" : ")")
}

function write_header(file,    s, i) {
	print "/* Made from sql/queries/ by sql/embed.awk. */" > file
	print "#ifndef QUERIES_H\n#define QUERIES_H\n" > file
	print "#include <stdbool.h>\n#include <stddef.h>" > file
	print "#include <stdint.h>\n#include <stdio.h>\n" > file
	print "#include \"lib/db.h\"\n#include \"lib/link.h\"\n" > file
	print "enum { NUMBER_SIZE = 24 };\n" > file
	print "static inline const char *" > file
	print "number_text(char out[NUMBER_SIZE], int64_t n)\n{" > file
	print "\t(void)snprintf(out, NUMBER_SIZE, \"%lld\", (long long)n);" \
	    > file
	print "\treturn out;\n}\n" > file
	print "/* Filled by name: gcc refuses to fill them by position. */" > file
	print "#if defined(__GNUC__) && !defined(__clang__)" > file
	print "#define BY_NAME __attribute__((designated_init))" > file
	print "#else\n#define BY_NAME\n#endif" > file
	for (s = 1; s <= statements; s++) {
		print "\n/* " where[s] " */" > file
		if (args[s]) {
			print "struct " name[s] " {" > file
			for (i = 1; i <= args[s]; i++)
				print "\t" member(arg_type[s, i],
				    arg_null[s, i], arg_name[s, i]) > file
			print "} BY_NAME;" > file
		}
		print "struct rows *" prototype(s) ";" > file
		if (async[s])
			write_ask(file, s)
	}
	print "\n#undef BY_NAME\n\n#endif" > file
	close(file)
}

# In the header, and inline: a program without links has no use for it.
function write_ask(file, s) {
	print "extern const struct statement statement_" name[s] ";" > file
	print "\nstatic inline void" > file
	print "ask_" name[s] "(struct link *link, " \
	    (args[s] ? "struct " name[s] " q, " : "") \
	    "link_answer answer, void *ctx)\n{" > file
	if (args[s])
		write_arguments(file, s)
	print "\n\tlink_call(link, &statement_" name[s] ", " \
	    (args[s] ? "values" : "NULL") ", answer, ctx);\n}" > file
}

function write_columns(file, s,    i) {
	print (async[s] ? "\nstatic const struct column columns_" name[s] \
	    : "\tstatic const struct column columns") "[] = {" > file
	for (i = 1; i <= columns[s]; i++)
		print "\t\t{ " c_text(column_name[s, i]) ", " \
		    column[column_type[s, i]] " }," > file
	print "\t};" > file
}

# Of an async one others may know.
function statement(s) {
	return async[s] ? "statement_" name[s] : "st"
}

function write_statement(file, s,    n, i, line) {
	print (async[s] ? "\nconst struct statement " : \
	    "\tstatic const struct statement ") statement(s) " = {" > file
	print "\t\t.name = " c_text(name[s]) "," > file
	n = split(text_of[s], line, "\n")
	print "\t\t.text =" > file
	for (i = 1; i <= n; i++)
		print "\t\t    \"" c_escape(line[i]) (i < n ? "\\n" : "") "\"" > file
	print "\t\t,\n\t\t.args = " args[s] "," > file
	print "\t\t.reads = " (reads[s] ? "true" : "false") "," > file
	if (columns[s])
		print "\t\t.columns = columns" (async[s] ? "_" name[s] : "") \
		    "," > file
	print "\t\t.column_count = " columns[s] "," > file
	print "\t};" > file
}

function write_arguments(file, s,    i, bytes) {
	for (i = 1; i <= args[s]; i++)
		if (arg_type[s, i] in is_number) {
			print "\tchar number[" args[s] "][NUMBER_SIZE];" > file
			break
		}
	print "\tconst char *values[] = {" > file
	for (i = 1; i <= args[s]; i++)
		print "\t\t" value(s, i) "," > file
	print "\t};" > file
	bytes = 0
	for (i = 1; i <= args[s]; i++)
		bytes = bytes || arg_type[s, i] == "bytea"
	if (bytes) {
		print "\tint lengths[] = {" > file
		for (i = 1; i <= args[s]; i++)
			print "\t\t" (arg_type[s, i] == "bytea" ? \
			    "(int)q." arg_name[s, i] "_size" : "0") "," > file
		print "\t};\n\tint formats[] = {" > file
		for (i = 1; i <= args[s]; i++)
			print "\t\t" (arg_type[s, i] == "bytea" ? \
			    "1" : "0") "," > file
		print "\t};" > file
	}
	return bytes
}

function write_function(file, s,    i, bytes) {
	if (async[s]) {
		if (columns[s])
			write_columns(file, s)
		write_statement(file, s)
	}
	print "\nstruct rows *\n" prototype(s) "\n{" > file
	if (!async[s]) {
		if (columns[s])
			write_columns(file, s)
		write_statement(file, s)
	}
	bytes = 0
	if (args[s])
		bytes = write_arguments(file, s)
	print "" > file
	for (i = 1; i <= args[s]; i++)
		if (!arg_null[s, i] && !(arg_type[s, i] in is_number) &&
		    arg_type[s, i] != "bool")
			print "\tassert(q." arg_name[s, i] " != NULL);" > file
	print "\treturn db_call(req, &" statement(s) ", " (args[s] ? "values" : "NULL") ", " \
	    (bytes ? "lengths, formats" : "NULL, NULL") ");" > file
	print "}" > file
}

function write_source(file,    s) {
	print "/* Made from sql/queries/ by sql/embed.awk. */" > file
	print "#include <assert.h>\n\n#include \"queries.h\"" > file
	for (s = 1; s <= statements; s++)
		write_function(file, s)
	close(file)
}

function print_list(    s, i, n, line) {
	for (s = 1; s <= statements; s++) {
		print "statement\t" name[s] "\t" where[s]
		for (i = 1; i <= args[s]; i++)
			print "arg\t" arg_name[s, i] "\t" arg_type[s, i] "\t" \
			    (arg_null[s, i] ? "null" : "")
		for (i = 1; i <= columns[s]; i++)
			print "column\t" column_name[s, i] "\t" \
			    column_type[s, i]
		if (reads[s])
			print "reads"
		n = split(text_of[s], line, "\n")
		for (i = 1; i <= n; i++)
			print "text\t" line[i]
		print "end"
	}
}

END {
	for (s = 1; s <= statements; s++) {
		read_args(s)
		for (i = 1; async[s] && i <= args[s]; i++)
			if (arg_type[s, i] == "bytea")
				complain(where[s], name[s] \
				    " is async and takes bytea")
		read_columns(s)
		check_text(s)
	}
	if (failed)
		exit 1
	if (mode == "list") {
		print_list()
	} else {
		write_header(out ".h")
		write_source(out ".c")
	}
}
