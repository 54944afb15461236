// Ids of conversations and questions: made here, so that a question can be sent twice and is asked once.

const BYTES = 16;

/** Return 128 random bits as 32 hexadecimal characters, as the server wants them. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
