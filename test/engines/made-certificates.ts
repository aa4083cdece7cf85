import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

/** A server's certificate and key as PEM, and the file of the authority that signed it. */
export interface MadeCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly caFile: string;
}

/**
 * Makes an authority of the test's own and a certificate of it for this server's name or address.
 *
 * @param subject - Subject alternative name, such as `IP:127.0.0.1`.
 */
export function makeCertificate(subject: string): MadeCertificate {
  const folder = mkdtempSync(join(tmpdir(), "segbook-tls-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const openssl = (...words: string[]): void => {
    execFileSync("openssl", words, { stdio: ["ignore", "ignore", "ignore"] });
  };
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    path("ca.key"),
    "-out",
    path("ca.pem"),
    "-subj",
    "/CN=Test CA",
  );
  openssl("req", ...newKey, "-keyout", path("key.pem"), "-out", path("request.pem"), "-subj", "/CN=server");
  writeFileSync(path("names"), `subjectAltName=${subject}\n`);
  const signed = ["-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial", "-days", "2"];
  openssl(
    "x509",
    "-req",
    "-in",
    path("request.pem"),
    ...signed,
    "-extfile",
    path("names"),
    "-out",
    path("server.pem"),
  );
  const read = (name: string): string => readFileSync(path(name), "utf8");
  return { certificate: read("server.pem"), key: read("key.pem"), caFile: path("ca.pem") };
}
