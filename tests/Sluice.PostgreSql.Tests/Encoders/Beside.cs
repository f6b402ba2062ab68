using System.Net;

namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>A value beside one that only the driver encodes, so that the whole load goes through the driver.</summary>
public readonly record struct Beside<T>(int Id, T V, IPAddress Net);
