using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>The stations of one link by IPv4 address: ARP (RFC 826) with a bounded table. Only a reply to a question of
/// ours changes an entry; anything else that contradicts one makes us ask again.</summary>
internal sealed class NeighborCache(NetworkInterface owner, Action<NetworkInterface, Ipv4Address> givenUp)
{
    private const int NeighborsMax = 64;
    private const int QuestionsMax = 7;            // 1/8 s doubling to 3 s: about ten seconds in all
    private const int UnicastQuestionsMax = 2;     // a known one is asked at its own address first (RFC 1122, 2.3.2.1)
    private const long FirstDelayMs = 125, DelayMaxMs = 3000;
    private static readonly Duration TrustedFor = Duration.FromSeconds(60);
    private static readonly Duration DoubtInterval = Duration.FromSeconds(5);

    private enum State : byte { Free, Asking, Known, Verifying }

    private struct Neighbor
    {
        public State State;
        public Ipv4Address Address;
        public MacAddress Mac;        // valid in Known and Verifying
        public int Questions;         // asked so far, in Asking and Verifying
        public Instant DueAt;         // next question; in Known: when trust ends
        public Instant UsedAt;
        public Instant LearnedAt;
    }

    private readonly Neighbor[] _neighbors = new Neighbor[NeighborsMax];
    private readonly WaitingFrames _waiting = new();
    private readonly byte[] _frame = new byte[EthernetHeader.FrameBytesMin];
    private int _count;      // entries ever used; free ones may lie among them
    private int _lastHit;

    /// <summary>When <see cref="Poll"/> is due.</summary>
    public Instant NextDeadline { get; private set; } = Instant.Never;

    /// <summary>Sends a frame whose target station is still to be filled in to <paramref name="nextHop"/>, asking for
    /// the station first if need be. False: nothing has happened, there is no room.</summary>
    public bool Send(Ipv4Address nextHop, Span<byte> frame, Instant now)
    {
        int index = Find(nextHop);
        if (index < 0) index = Ask(nextHop, now);
        if (index < 0)
        {
            owner.Counters.Count(DropReason.NeighborQueueFull);
            return false;
        }
        ref Neighbor neighbor = ref _neighbors[index];
        neighbor.UsedAt = now;
        if (neighbor.State == State.Asking)
        {
            if (_waiting.Add(nextHop, frame)) return true;
            owner.Counters.Count(DropReason.NeighborQueueFull);
            return false;
        }
        if (neighbor.State == State.Known && neighbor.DueAt <= now) Verify(ref neighbor, now);
        neighbor.Mac.Write(frame);
        return owner.Transmit(frame);
    }

    /// <summary>Something says that the neighbor may have moved: it did not answer, or another station claims its
    /// address.
    /// </summary>
    public void Doubt(Ipv4Address address, Instant now)
    {
        int index = Find(address);
        if (index < 0) return;
        ref Neighbor neighbor = ref _neighbors[index];
        if (neighbor.State == State.Known && now - neighbor.LearnedAt >= DoubtInterval) Verify(ref neighbor, now);
    }

    /// <summary>Takes in a received message, answering questions about our address.</summary>
    public void Handle(in ArpView arp, Instant now)
    {
        if (owner.Ipv4 is not { } ours) return;
        MacAddress mac = arp.SourceMac;
        Ipv4Address address = arp.SourceAddress;
        if (mac.IsGroup || mac == owner.Device.Address)
        {
            owner.Counters.Count(DropReason.BadStation);
            return;
        }
        if (address == ours.Address)
        {
            owner.Counters.Count(DropReason.AddressConflict);
            return;
        }
        int index = Find(address);
        if (index >= 0) Learn(ref _neighbors[index], arp, ours.Address, now);
        else if (arp.Operation == ArpOperation.Reply) owner.Counters.Count(DropReason.UnaskedArp);
        if (arp.Operation == ArpOperation.Request && arp.TargetAddress == ours.Address)
            Emit(mac, new ArpMessage(ArpOperation.Reply, owner.Device.Address, ours.Address, mac, address));
    }

    /// <summary>Tells the link that this address is now ours.</summary>
    public void Announce(Ipv4Address address) => Emit(
        MacAddress.Broadcast,
        new ArpMessage(ArpOperation.Request, owner.Device.Address, address, default, address));

    /// <summary>All entries, for people to read.</summary>
    public IReadOnlyList<NeighborEntry> List()
    {
        var entries = new List<NeighborEntry>();
        for (int i = 0; i < _count; i++)
        {
            ref Neighbor neighbor = ref _neighbors[i];
            if (neighbor.State == State.Free) continue;
            bool isKnown = neighbor.State != State.Asking;
            entries.Add(new NeighborEntry(neighbor.Address, isKnown ? neighbor.Mac : default, isKnown));
        }
        return entries;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _neighbors.AsSpan(0, _count).Clear();
        _count = 0;
        _waiting.Clear();
        NextDeadline = Instant.Never;
    }

    /// <summary>Repeats questions that are due and gives up those asked often enough. Returns true if something was
    /// sent.
    /// </summary>
    public bool Poll(Instant now)
    {
        if (now < NextDeadline) return false;
        NextDeadline = Instant.Never;
        bool active = false;
        for (int i = 0; i < _count; i++)
        {
            ref Neighbor neighbor = ref _neighbors[i];
            if (neighbor.State is not (State.Asking or State.Verifying)) continue;
            if (neighbor.DueAt <= now)
            {
                active = true;
                if (neighbor.Questions >= QuestionsMax)
                {
                    GiveUp(ref neighbor);
                    continue;
                }
                Question(ref neighbor, now);
            }
            NextDeadline = Instant.Earlier(NextDeadline, neighbor.DueAt);
        }
        return active;
    }

    private void Learn(ref Neighbor neighbor, in ArpView arp, Ipv4Address ours, Instant now)
    {
        bool isAnswer = arp.Operation == ArpOperation.Reply && arp.TargetAddress == ours
            && arp.TargetMac == owner.Device.Address;
        bool isAwaited = neighbor.State == State.Asking || neighbor.State == State.Verifying
            && (arp.SourceMac == neighbor.Mac || neighbor.Questions > UnicastQuestionsMax);
        if (isAnswer && isAwaited)
        {
            neighbor.State = State.Known;
            neighbor.Mac = arp.SourceMac;
            neighbor.LearnedAt = now;
            neighbor.DueAt = now + TrustedFor;
            _waiting.Release(neighbor.Address, neighbor.Mac, owner);
            return;
        }
        if (neighbor.State == State.Asking || arp.SourceMac == neighbor.Mac) return;
        owner.Counters.Count(DropReason.UnaskedArp);
        Doubt(neighbor.Address, now);
    }

    private int Find(Ipv4Address address)
    {
        if (_lastHit < _count && _neighbors[_lastHit].State != State.Free && _neighbors[_lastHit].Address == address)
            return _lastHit;
        for (int i = 0; i < _count; i++)
        {
            if (_neighbors[i].State == State.Free || _neighbors[i].Address != address) continue;
            _lastHit = i;
            return i;
        }
        return -1;
    }

    private int Ask(Ipv4Address address, Instant now)
    {
        int index = TakeSlot();
        if (index < 0) return -1;
        _neighbors[index] = new Neighbor { State = State.Asking, Address = address, UsedAt = now };
        Question(ref _neighbors[index], now);
        return index;
    }

    /// <summary>A free entry, or the known one unused for longest; -1 if all are being asked for.</summary>
    private int TakeSlot()
    {
        int oldest = -1;
        for (int i = 0; i < _count; i++)
        {
            if (_neighbors[i].State == State.Free) return i;
            if (_neighbors[i].State == State.Asking) continue;
            if (oldest < 0 || _neighbors[i].UsedAt < _neighbors[oldest].UsedAt) oldest = i;
        }
        return _count < NeighborsMax ? _count++ : oldest;
    }

    private void Verify(ref Neighbor neighbor, Instant now)
    {
        neighbor.State = State.Verifying;
        neighbor.Questions = 0;
        Question(ref neighbor, now);
    }

    private void Question(ref Neighbor neighbor, Instant now)
    {
        Duration delay = Duration.FromMilliseconds(Math.Min(FirstDelayMs << neighbor.Questions, DelayMaxMs));
        neighbor.Questions++;
        neighbor.DueAt = now + delay;
        NextDeadline = Instant.Earlier(NextDeadline, neighbor.DueAt);
        bool unicast = neighbor.State == State.Verifying && neighbor.Questions <= UnicastQuestionsMax;
        if (owner.Ipv4 is not { } ours) return;
        Emit(
            unicast ? neighbor.Mac : MacAddress.Broadcast,
            new ArpMessage(ArpOperation.Request, owner.Device.Address, ours.Address, default, neighbor.Address));
    }

    private void GiveUp(ref Neighbor neighbor)
    {
        Ipv4Address address = neighbor.Address;
        neighbor = default;
        _waiting.Forget(address);
        owner.Counters.Count(DropReason.NeighborSilent);
        givenUp(owner, address);
    }

    private void Emit(MacAddress target, in ArpMessage message)
    {
        Span<byte> frame = _frame;
        frame.Clear();
        int headerBytes = new EthernetHeader(target, owner.Device.Address, EtherType.Arp).Emit(frame);
        message.Emit(frame[headerBytes..]);
        owner.Transmit(frame);
    }
}
