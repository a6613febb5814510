// The link of facilitator or projector: its token stands after # and is exchanged for a cookie, once.

const LINK = /^#start=([\w-]+)$/;

/** Exchanges the token of the address, if there is one, and takes it out of the address.
 * @returns {Promise<boolean>} false when there was a token that is used, too old or unknown */
export async function exchangeLink() {
  const token = LINK.exec(location.hash)?.[1];
  if (!token) return true;
  history.replaceState(null, "", location.pathname + location.search);
  const answer = await fetch("/start", { method: "POST", body: JSON.stringify({ token }) });
  return answer.ok;
}
