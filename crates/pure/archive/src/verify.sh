#!/bin/sh
# 核验档案信息包。用法：sh verify.sh 包.tar    或者解开以后在包的文件夹里：sh verify.sh
# 只用 POSIX 命令和 sha256sum（或 shasum、openssl）；有 openssl 时还核对 SM3 和 SM2 签名。
# 结果：0 四项都对得上；1 有对不上的；2 用法不对。
LC_ALL=C
export LC_ALL
umask 077

work=$(mktemp -d "${TMPDIR:-/tmp}/verify.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
for heading in 1 2 3 4; do : >"$work/said$heading"; done

said() { printf '  %s\n' "$2" >>"$work/said$1"; }
fault() { printf '  不符：%s\n' "$2" >>"$work/said$1"; : >"$work/bad"; }
have() { command -v "$1" >/dev/null 2>&1; }
end() {
  number=0
  for heading in 真实性 完整性 可用性 安全性; do
    number=$((number + 1))
    echo "$heading"
    if [ -s "$work/said$number" ]; then cat "$work/said$number"; else echo '  没有查'; fi
  done
  if [ -e "$work/bad" ]; then exit 1; fi
  exit 0
}

sha256() {
  if have sha256sum; then sha256sum <"$1"
  elif have shasum; then shasum -a 256 <"$1"
  else openssl dgst -sha256 -r <"$1"; fi | sed 's/[^0-9a-f].*//'
}
sm3() { openssl dgst -sm3 -r <"$1" 2>/dev/null | sed 's/[^0-9a-f].*//'; }

# 一个文件在信封里的样子：512 字节的头、内容、补零。
zeros() { dd if=/dev/zero bs=1 count="$1" 2>/dev/null; }
member() {
  size=$(($(wc -c <"$2")))
  mode=0000644
  case "$1" in */verify.sh) mode=0000755 ;; esac
  octal=$(printf '%011o' "$size")
  sum=$(awk -v text="$1$mode$octal" 'BEGIN {
    for (i = 1; i < 127; i++) code[sprintf("%c", i)] = i
    text = text "0000000" "0000000" "00000000000" "        " "0" "ustar" "00" "0000000" "0000000"
    for (i = 1; i <= length(text); i++) sum += code[substr(text, i, 1)]
    printf "%06o", sum
  }')
  printf '%s' "$1"; zeros $((100 - ${#1}))
  printf '%s\0%s\0%s\0%s\0%s\0' "$mode" 0000000 0000000 "$octal" 00000000000
  printf '%s\0 0' "$sum"; zeros 100
  printf 'ustar\00000'; zeros 64
  printf '%s\0%s\0' 0000000 0000000; zeros 167
  cat "$2"
  [ $((size % 512)) -eq 0 ] || zeros $((512 - size % 512))
}

package=
if [ $# -gt 1 ]; then echo "用法：sh verify.sh [包.tar]" >&2; exit 2; fi
if [ $# -eq 1 ]; then
  if [ ! -f "$1" ]; then echo "没有这个文件：$1" >&2; exit 2; fi
  package=$work/package.tar
  cat "$1" >"$package" || exit 2
  # 解开以前先看名字和种类：不许指到包外，只许普通文件。
  if ! tar -tf "$package" >"$work/names" 2>/dev/null || ! tar -tvf "$package" >"$work/kinds" 2>/dev/null; then
    fault 2 '信封读不通'; end
  fi
  if grep -v '^[A-Za-z0-9_-][A-Za-z0-9._-]*\(/[A-Za-z0-9_-][A-Za-z0-9._-]*\)\{1,\}$' "$work/names" >/dev/null; then
    fault 4 '有指到包外或写法不对的路径'; end
  fi
  if grep -v '^-' "$work/kinds" >/dev/null; then fault 4 '有不是普通文件的东西'; end; fi
  mkdir "$work/open"
  if ! tar -xf "$package" -C "$work/open" 2>/dev/null; then fault 2 '信封解不开'; end; fi
  folder=$(sed -n '1s/\/.*//p' "$work/names")
  if [ "$(ls -A "$work/open")" != "$folder" ]; then fault 2 '包里不止一个文件夹'; end; fi
  cd "$work/open/$folder" || exit 2
else
  cd "$(dirname "$0")" || exit 2
fi

# 清单：每行一个文件。写法不合的行会让行数对不上。
if [ ! -f manifest.json ] || [ ! -f manifest.sig ]; then fault 2 '没有 manifest.json 或 manifest.sig'; end; fi
sed -n 's|^    {"path": "\([A-Za-z0-9._/-]*\)", "size": \([0-9]*\), "sha256": "\([0-9a-f]*\)", "sm3": "\([0-9a-f]*\)"},\{0,1\}$|\1 \2 \3 \4|p' \
  manifest.json >"$work/list"
lines=$(($(wc -l <"$work/list")))
if [ "$lines" -eq 0 ] || [ "$(($(wc -l <manifest.json)))" -ne $((lines + 8)) ]; then fault 2 '清单的写法不对'; fi
number=$(sed -n 's/^  "package": "\([A-Za-z0-9._-]*\)",$/\1/p' manifest.json)
if [ -n "$package" ] && [ "$number" != "$folder" ]; then fault 2 '清单的号和文件夹的名字不同'; fi

# 真实性：签名，以及公钥和清单里写的是同一个。
if have openssl && openssl version 2>/dev/null | grep '^OpenSSL [3-9]' >/dev/null; then
  if openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in manifest.json -digest sm3 \
    -pkeyopt distid:1234567812345678 -sigfile manifest.sig >/dev/null 2>&1; then
    said 1 'manifest.json 的 SM2 签名和 signing-key.pem 相符'
  else
    fault 1 '签名和 signing-key.pem 对不上'
  fi
  key=$(sed -n 's/^  "key": "\([0-9a-f]*\)",$/\1/p' manifest.json)
  point=$(openssl pkey -pubin -in signing-key.pem -outform DER 2>/dev/null | od -An -v -tx1 | tr -d ' \n')
  if [ -z "$key" ] || [ "${point#*034200}" != "$key" ]; then fault 1 '清单里的公钥不是 signing-key.pem'; fi
else
  said 1 '没有 openssl 3，签名没有验证'
fi

# 完整性：清单上的每个文件都在、一个字节不差，也没有多出来的。
while read -r path size sha sm; do
  if [ ! -f "$path" ] || [ -L "$path" ]; then fault 2 "缺 $path"; continue; fi
  if [ "$(($(wc -c <"$path")))" -ne "$size" ]; then fault 2 "$path 的大小变了"; fi
  if [ "$(sha256 "$path")" != "$sha" ]; then fault 2 "$path 的 SHA-256 变了"; fi
  if have openssl && [ -n "$(sm3 "$path")" ] && [ "$(sm3 "$path")" != "$sm" ]; then fault 2 "$path 的 SM3 变了"; fi
done <"$work/list"
{ sed 's/ .*//' "$work/list"; echo manifest.json; echo manifest.sig; } | sort >"$work/expected"
find . -type f | sed 's/^\.\///' | sort >"$work/found"
if ! cmp -s "$work/expected" "$work/found"; then fault 2 '文件和清单对不上：有缺的、多的或重复的'; fi
if [ -n "$package" ]; then
  { sed 's/ .*//' "$work/list"; echo manifest.json; echo manifest.sig; } >"$work/order"
  { while read -r path; do [ ! -f "$path" ] || member "$folder/$path" "$path"; done <"$work/order"; zeros 1024; } >"$work/again.tar"
  if cmp -s "$package" "$work/again.tar"; then said 2 '信封一个字节不差'; else fault 2 '信封和它的内容对不上'; fi
fi
[ -s "$work/said2" ] || said 2 '清单上的文件都在'
said 2 "清单上有 $lines 个文件"

# 可用性：索引里的每个链接都有文件，每个文件都在索引里。
if [ -f INDEX.html ]; then
  tr '<' '\n' <INDEX.html | sed -n 's|^a href="\([^"]*\)".*|\1|p' | sort -u >"$work/links"
  grep -v '^INDEX.html$' "$work/expected" >"$work/linked"
  if cmp -s "$work/links" "$work/linked"; then said 3 'INDEX.html 的链接都打得开，文件都有链接'
  else fault 3 'INDEX.html 的链接和文件对不上'; fi
else
  fault 3 '没有 INDEX.html'
fi

# 安全性：只有 verify.sh 可以运行，没有指到包外的东西。
if [ -n "$(find . ! -type f ! -type d)" ]; then fault 4 '有不是普通文件的东西'; fi
if [ -n "$(find . -type f ! -name verify.sh \( -perm -100 -o -perm -010 -o -perm -001 \))" ]; then
  fault 4 '有 verify.sh 以外可以运行的文件'
fi
if grep -i -e 'https\{0,1\}:' -e '<script' -e '<iframe' -e 'javascript:' -e 'src=' INDEX.html >/dev/null 2>&1; then
  fault 4 'INDEX.html 指到包外或带脚本'
fi
[ -s "$work/said4" ] || said 4 '没有脚本以外可以运行的文件，没有指到包外的链接'
end
