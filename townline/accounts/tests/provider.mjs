// The provider that the tests sign in at: node-oidc-provider, a certified OpenID provider, on loopback.
// Only its login page is replaced: `/interaction/…?as=NAME` is who somebody is there, without a name they cancel.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const { port, callback, people } = JSON.parse(process.argv[2]);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "townline", client_secret: "a secret of the tests", redirect_uris: [callback] }],
  claims: { openid: ["sub", "acr", "amr"], email: ["email", "email_verified"], profile: ["name", "groups"] },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  async loadExistingGrant(context) {
    const { session, client } = context.oidc;
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();
createServer(async (request, response) => {
  const url = new URL(request.url, provider.issuer);
  if (!url.pathname.startsWith("/interaction/")) return answer(request, response);
  const as = url.searchParams.get("as");
  const login = { accountId: as, amr: people[as]?.amr };
  await provider.interactionFinished(request, response, as ? { login } : { error: "access_denied" });
}).listen(port, "127.0.0.1", () => console.log("ready"));
