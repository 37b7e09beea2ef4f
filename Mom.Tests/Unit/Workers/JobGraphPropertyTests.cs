using CsCheck;
using Mom.Contracts.Jobs;
using Mom.Workers.Database.Jobs;
using Mom.Workers.Database.Model;

namespace Mom.Tests.Unit.Workers;

/// <summary>Whatever the graph, whatever fails, and in whatever order outcomes come, also twice: the job ends, and each operation had its place in it.</summary>
[Trait("Group", "unit")]
public sealed class JobGraphPropertyTests
{
    private const int Most = 12;

    // Of one operation: what it comes after, whether by their results, its condition, whether it fails, and whether it is compensated.
    private static readonly Gen<Shape> Shapes =
        Gen.Select(Gen.Int[0, Most - 1].Array[0, 3], Gen.Bool, Gen.Int[0, 4], Gen.Int[0, 4], Gen.Bool, (after, byResult, condition, failing, compensated) =>
            new Shape(after, byResult, condition == 0, failing == 0, compensated));

    [Fact]
    public void Each_operation_is_sent_once_and_in_its_place_and_the_job_ends() =>
        Gen.Select(Shapes.Array[1, Most], Gen.Int).Sample((shapes, seed) =>
        {
            var job = JobOf(shapes);
            var run = new Run(job, shapes, new Random(seed));
            run.ToTheEnd();

            Assert.True(job.Status.IsTerminal(), $"the job is {job.Status}");
            Assert.Equal(job.Error is not null, job.Status == JobStatus.Failed);
            run.CheckPlaces();
            run.CheckCompensations();
        });

    [Fact]
    public void After_a_retry_without_faults_every_job_succeeds() =>
        Gen.Select(Shapes.Array[1, Most], Gen.Int).Sample((shapes, seed) =>
        {
            var job = JobOf(shapes);
            new Run(job, shapes, new Random(seed)).ToTheEnd();
            if (JobTransitions.Retry(job, GraphJob.Now))
            {
                job.Waiting = false;
                var second = new Run(job, [.. shapes.Select(shape => shape with { Fails = false })], new Random(seed));
                second.ToTheEnd();
                second.CheckPlaces();
            }

            Assert.Equal(JobStatus.Succeeded, job.Status);
        });

    [Fact]
    public void A_plain_list_is_worked_on_in_its_order_and_ends_with_its_first_failure() =>
        Gen.Select(Gen.Bool.Array[1, Most], Gen.Int).Sample((fails, seed) =>
        {
            var job = new JobRow
            {
                Type = "math",
                Status = JobStatus.Queued,
                Steps = [.. fails.Select((_, position) => new JobStepRow { Position = position, Method = "add", Numbers = ["1"] })],
            };
            var run = new Run(job, [.. fails.Select(failing => new Shape([], false, false, failing, false))], new Random(seed));
            run.ToTheEnd();

            var failure = Array.IndexOf(fails, true);
            var done = failure < 0 ? fails.Length : failure + 1;
            Assert.Equal(Enumerable.Range(0, done), run.Sent);
            Assert.Equal(failure < 0 ? JobStatus.Succeeded : JobStatus.Failed, job.Status);
            Assert.Equal(failure < 0 ? null : $"Operation {done} (add): no", job.Error);
        });

    private static JobRow JobOf(Shape[] shapes)
    {
        var steps = new List<JobStepRow>();
        for (var i = 0; i < shapes.Length; i++)
        {
            var shape = shapes[i];
            var before = i == 0 ? [] : shape.After.Select(other => $"s{other % i}").Distinct().ToArray();
            var failed = shape.WhenFailed && before.Length > 0;
            steps.Add(new JobStepRow
            {
                Position = i,
                Name = $"s{i}",
                Method = "add",
                Numbers = shape.ByResult && !failed ? [.. before.Select(name => $"${name}"), "1"] : ["1"],
                After = shape.ByResult && !failed ? [] : before,
                Condition = failed ? JobConditions.Failed : null,
            });
        }

        var compensated = Enumerable.Range(0, shapes.Length).Where(i => shapes[i].Compensated).ToList();
        steps.AddRange(compensated.Select((of, i) => new JobStepRow { Position = shapes.Length + i, Name = $"u{of}", Method = "add", Numbers = [$"$s{of}"], After = [], Compensates = $"s{of}" }));
        return new JobRow { Type = "math", Status = JobStatus.Queued, Steps = steps };
    }

    private sealed record Shape(int[] After, bool ByResult, bool WhenFailed, bool Fails, bool Compensated)
    {
        public override string ToString() => $"[after {string.Join('+', After)} byResult:{ByResult} whenFailed:{WhenFailed} fails:{Fails} compensated:{Compensated}]";
    }

    /// <summary>One run of a job, with workers that report in any order, some twice.</summary>
    private sealed class Run(JobRow job, Shape[] shapes, Random random)
    {
        private readonly List<int> _inFlight = [];
        private HashSet<string> _already = [];

        public List<int> Sent { get; } = [];

        public void ToTheEnd()
        {
            _already = [.. job.Steps.Where(step => step.Result is not null).Select(step => step.Name ?? "")];
            for (var turns = 0; !job.Status.IsTerminal(); turns++)
            {
                Assert.True(turns < 1_000, "the job does not end");
                foreach (var message in JobEffects.Next(job, GraphJob.Now).Cast<MathStep>())
                {
                    Sent.Add(message.Step);
                    _inFlight.Add(message.Step);
                    Assert.All(message.Numbers, number => Assert.True(NumberSyntax.IsNumber(number, integersOnly: false), number));
                }

                Assert.NotEmpty(_inFlight);
                Assert.Equal(_inFlight.Order(), JobTransitions.Current(job).Select(step => step.Position).Order());
                Report(_inFlight[random.Next(_inFlight.Count)]);
            }

            Assert.Empty(_inFlight);
            Assert.Equal(Sent.Distinct(), Sent);
        }

        public void CheckPlaces()
        {
            for (var i = 0; i < Sent.Count; i++)
            {
                var step = job.Steps[Sent[i]];
                var before = (step.After ?? []).Concat(step.Operands().Select(operand => operand[1..])).ToList();
                var sent = Sent.Take(i).Select(position => job.Steps[position].Name).ToList();
                Assert.All(before, name => Assert.True(sent.Contains(name) || _already.Contains(name) || IsSkipped(name), $"{step.Name} went before {name}"));
                Assert.True(step.Condition is null || before.Exists(name => job.Steps.Single(other => other.Name == name).Error is not null));
                Assert.True(step.Condition is not null || before.TrueForAll(name => job.Steps.Single(other => other.Name == name).Result is not null));
            }
        }

        public void CheckCompensations()
        {
            var compensations = Sent.Where(position => job.Steps[position].Compensates is not null).Select(position => int.Parse(job.Steps[position].Compensates![1..], System.Globalization.CultureInfo.InvariantCulture)).ToList();
            var expected = job.Status == JobStatus.Failed ? Enumerable.Range(0, shapes.Length).Reverse().Where(i => shapes[i].Compensated && job.Steps[i].Result is not null) : [];
            Assert.Equal(expected, compensations);
        }

        private bool IsSkipped(string name) => job.ToContract().Details.Single(detail => detail.Id == name).Skipped;

        private void Report(int position)
        {
            _inFlight.Remove(position);
            var fails = position < shapes.Length && shapes[position].Fails;
            for (var copies = random.Next(1, 3); copies > 0; copies--)
            {
                _ = fails
                    ? JobTransitions.Fail(job, job.Run, position, "no", attempts: 1, GraphJob.Now)
                    : JobTransitions.Succeed(job, job.Run, position, "1", attempts: 1, GraphJob.Now);
            }
        }
    }
}
