using Mom.Messaging;

namespace Mom.Contracts.Operations;

/// <summary>A message that fails on purpose, to show what becomes of one. It changes nothing.</summary>
/// <param name="Text">What its exception says.</param>
/// <param name="Fails">Whether it fails: one that was edited to <see langword="false"/> is handled.</param>
/// <param name="Retried">Whether it goes through all its attempts first; else it is a dead letter at once.</param>
/// <param name="CuredByReplay">Whether it is handled once a person has replayed it, as if its cause had been mended meanwhile.</param>
[Message("demo.poison.v1", Queue = MomQueues.DbCommands, Priority = MessagePriority.Normal)]
public sealed record Poison(string Text, bool Fails = true, bool Retried = false, bool CuredByReplay = false);

/// <summary>Body of <c>POST /admin/demo/poison</c>.</summary>
/// <param name="Text">What its exception says; 1 to 200 characters.</param>
/// <param name="Count">How many, 1 to 100. Default 1.</param>
/// <param name="Retried">See <see cref="Poison"/>.</param>
/// <param name="CuredByReplay">See <see cref="Poison"/>.</param>
public sealed record PoisonBody(string? Text = null, int Count = 1, bool Retried = false, bool CuredByReplay = false);

/// <summary>Answer of <c>GET /admin/demo</c>.</summary>
/// <param name="Enabled">Whether this system can be made to misbehave.</param>
/// <param name="Math">How the math service behaves now; <see langword="null"/> when it cannot be asked.</param>
public sealed record DemoStatus(bool Enabled, DemoMath? Math = null);

/// <summary>How the math service behaves; also the body of <c>PUT /admin/demo/math</c>.</summary>
/// <param name="MinimumSeconds">The shortest wait before an answer, 0 to 3,600 seconds.</param>
/// <param name="MaximumSeconds">The longest, not below the shortest.</param>
/// <param name="FailureRate">The share of answers that are an error, 0 to 1.</param>
public sealed record DemoMath(double? MinimumSeconds = null, double? MaximumSeconds = null, double? FailureRate = null);
