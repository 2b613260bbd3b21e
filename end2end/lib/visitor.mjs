// A visitor without a browser: keeps cookies, follows nothing, and sends exactly the headers that a spec names.
import { request as send } from "node:http";

/** One visitor of one portal, with cookies of their own. */
export class Visitor {
  /**
   * The address that the portal is reached at, the one that it takes itself to have, and the visitor's own as a proxy
   * would tell it: a portal slows down who tries to sign in too often, by address.
   */
  constructor(address, baseUrl = address, from = undefined) {
    this.address = new URL(address);
    this.baseUrl = baseUrl;
    this.from = from;
    this.cookies = new Map();
  }

  /** Sends a request. The answer has its status, its headers, its text, and `json()`. */
  async request(method, path, { headers = {}, body } = {}) {
    const url = new URL(path, this.baseUrl);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const proxied = this.from && { "x-forwarded-for": this.from };
    const all = { host: url.host, ...proxied, ...(cookie && { cookie }), ...headers };
    const answer = await exchange({ ...place(this.address, url), method }, all, body);
    for (const text of [answer.headers["set-cookie"] ?? []].flat()) {
      this.#keep(text);
    }
    return answer;
  }

  /** Reads a page or a resource. */
  get(path, headers = {}) {
    return this.request("GET", path, { headers });
  }

  /** Sends a form as a page of the portal does. */
  post(path, fields = {}, headers = {}) {
    const { origin } = new URL(this.baseUrl);
    const own = { "content-type": "application/x-www-form-urlencoded", origin, "sec-fetch-site": "same-origin" };
    return this.request("POST", path, { headers: { ...own, ...headers }, body: new URLSearchParams(fields).toString() });
  }

  #keep(text) {
    const [pair, ...attributes] = text.split(";").map((part) => part.trim());
    const [name, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const isGone = value === "" || attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=.*1970/i.test(one));
    if (isGone) {
      this.cookies.delete(name);
    } else {
      this.cookies.set(name, value);
    }
  }
}

function place(address, url) {
  return { hostname: address.hostname, port: address.port, path: url.pathname + url.search, agent: false };
}

function exchange(options, headers, body) {
  return new Promise((resolve, reject) => {
    const asked = send({ ...options, headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode, headers: response.headers, text, json: () => JSON.parse(text) });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
