import AdminHTTP
import CommandTable
import ControllerService
import ServiceProgram

/// Where Alertmanager posts to; `nil` where the flags name no place.
///
/// Nobody without the token may turn a rollout back, on the loopback neither.
func alertsServer(_ environment: ServiceEnvironment, _ service: ControllerService) throws
    -> AdminServer?
{
    guard let address = environment.arguments.text("alerts"), !address.isEmpty else { return nil }
    let token = try secret(environment, "alerts-token-file")
    guard token.utf8.count >= 16 else {
        throw UsageError(
            "--alerts needs --alerts-token-file with a secret of 16 bytes or more: whoever knows it "
                + "can turn rollouts back. `head -c 24 /dev/urandom | base64` makes one")
    }
    let pages = AdminPages(notReadyBecause: { nil }) { "" }
    return try AdminServer(
        at: address, pages: pages,
        posts: [
            "/alertmanager": { posted in
                guard posted.isAuthorized(by: token) else {
                    return PostAnswer(
                        401, "expected Authorization: Bearer with the controller's token\n")
                }
                let answer = await service.takeAlerts(posted.bytes)
                return PostAnswer(answer.status, answer.text)
            }
        ])
}
