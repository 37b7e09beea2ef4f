using Mom.Contracts.Callers;
using Mom.Contracts.Users;
using Mom.Messaging.Rpc;
using Mom.Sessions;
using Mom.Sessions.Tokens;

namespace Mom.Api.Sessions;

/// <summary>Adds to each message that an administrator's call causes a signed assertion of the caller, which the db worker verifies.</summary>
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
