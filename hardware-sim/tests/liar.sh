# A driver that makes up a card without touching the reader; the conformance pack must catch it.
cat <<'JSON'
{"kind":"resident","name":"测试假","sex":"female","ethnicity_code":"01","birth":"1949-12-31","number":"11010519491231002X"}
JSON
