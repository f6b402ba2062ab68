namespace Sluice.Generators.Tests.Fakes;

sealed record Written(string Method, object? Value);
