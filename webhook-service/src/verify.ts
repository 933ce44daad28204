import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Lower-case hex of an HMAC over exactly these bytes. */
export function hmacHex(hash: "sha1" | "sha256", secret: string, bytes: Uint8Array): string {
	return createHmac(hash, secret).update(bytes).digest("hex");
}

/** Compares in a time that tells nothing of the texts but their lengths. */
export function isSame(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/** Lower-case hex of SHA-256. */
export function sha256(content: string | Uint8Array): string {
	return createHash("sha256").update(content).digest("hex");
}

/** A new secret, URL-safe, of `bytes` random bytes. */
export function newSecret(bytes = 32): string {
	return randomBytes(bytes).toString("base64url");
}

/** A random number from 0 up to 1, to spread what would else happen at one moment. */
export function chance(): number {
	return randomBytes(4).readUInt32BE() / 2 ** 32;
}

/** What a secret of the installation is used for; each use has a key of its own. */
type Purpose = "seal" | "link";

function keyFor(secret: string, purpose: Purpose): Buffer {
	return createHmac("sha256", secret).update(`stipt ${purpose}`).digest();
}

/** Encrypts a text for keeping at rest (AES-256-GCM). */
export function seal(secret: string, text: string): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv("aes-256-gcm", keyFor(secret, "seal"), iv);
	const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Opens what `seal` made. Throws when the secret is another one or the text was changed. */
export function unseal(secret: string, sealed: string): string {
	const bytes = Buffer.from(sealed, "base64url");
	const decipher = createDecipheriv("aes-256-gcm", keyFor(secret, "seal"), bytes.subarray(0, 12));
	decipher.setAuthTag(bytes.subarray(12, 28));
	return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** Signature of a link that is good for one subject until `expires` (epoch milliseconds). */
export function signLink(secret: string, subject: string, expires: number): string {
	return createHmac("sha256", keyFor(secret, "link")).update(`${subject}\n${expires}`).digest("base64url");
}
