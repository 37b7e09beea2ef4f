using Mom.Contracts.Callers;
using Mom.Contracts.Users;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Tokens;

namespace Mom.Api.Sessions;

/// <summary>Says with each request that an administrator's call leads to whose it is, in a way that the db worker can verify.</summary>
internal sealed class CallerHeaders(IHttpContextAccessor http, CallerSigner signer) : IRequestHeaders
{
    public void Add(Guid messageId, string type, IDictionary<string, object?> headers)
    {
        // What others may send is not privileged, and is checked by its content.
        if (http.HttpContext?.User is { Identity.IsAuthenticated: true } user && user.IsInRole(UserRole.Admin))
        {
            headers[Caller.Header] = signer.Sign(new Caller(user.UserId(), user.Claim(MomClaims.Email), UserRole.Admin), messageId, type);
        }
    }
}
