#!/bin/bash
# usage: certificates.sh FOLDER IP...
# Makes in FOLDER what TLS tests need: an authority (ca.pem), a server certificate for the addresses, and client folders laid out
# as DOCKER_CERT_PATH wants them: right, expired, and foreign (signed by an authority that the server does not know).
set -euo pipefail
mkdir -p "$1"
cd "$1"
shift
names=DNS:localhost,IP:127.0.0.1
for address in "$@"; do names+=,IP:$address; done

authority() {
  openssl ecparam -name prime256v1 -genkey -noout -out "$1-key.pem"
  openssl req -x509 -new -key "$1-key.pem" -subj "/CN=docket test $1" -days 30 -out "$1.pem" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
}

# sign AUTHORITY NAME EXTENSIONS FIRST-DAY LAST-DAY
sign() {
  openssl ecparam -name prime256v1 -genkey -noout -out "$2-key.pem"
  openssl req -new -key "$2-key.pem" -subj "/CN=$2" -out "$2.csr"
  printf '[ca]\ndefault_ca=it\n[it]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=any\n' >"$2.cnf"
  printf '[any]\ncommonName=supplied\n[ext]\n%b\n' "$3" >>"$2.cnf"
  : >index
  openssl ca -batch -notext -config "$2.cnf" -extensions ext -cert "$1.pem" -keyfile "$1-key.pem" \
    -startdate "$4" -enddate "$5" -in "$2.csr" -out "$2.pem" 2>/dev/null
}

client_folder() {
  mkdir -p "$1"
  cp ca.pem "$1/ca.pem"
  cp "$2.pem" "$1/cert.pem"
  cp "$2-key.pem" "$1/key.pem"
}

past=200101000000Z
future=490101000000Z
authority ca
authority foreign-ca
sign ca server "subjectAltName=$names\nextendedKeyUsage=serverAuth" "$past" "$future"
sign ca server-expired "subjectAltName=$names\nextendedKeyUsage=serverAuth" "$past" 200201000000Z
sign ca client 'extendedKeyUsage=clientAuth' "$past" "$future"
sign ca client-expired 'extendedKeyUsage=clientAuth' "$past" 200201000000Z
sign foreign-ca client-foreign 'extendedKeyUsage=clientAuth' "$past" "$future"
client_folder right client
client_folder expired client-expired
client_folder foreign client-foreign
rm -f ./*.csr ./*.cnf index* [0-9A-F]*.pem
